import { Counter, Registry } from 'prom-client';

export interface TallyOptions<Label extends string> {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly Label[];
  readonly registry: Registry;
}

interface Count {
  readonly labels: readonly string[];
  pending: number;
}

/** A counter for what happens often: it counts in plain numbers, and gives them to prom-client at a scrape. */
export function tally<Label extends string>(options: TallyOptions<Label>): (...labels: readonly string[]) => void {
  const { name, help, labelNames, registry } = options;
  const counts = new Map<string, Count>();
  new Counter({
    name,
    help,
    labelNames,
    registers: [registry],
    collect() {
      for (const count of counts.values()) {
        this.labels(...count.labels).inc(count.pending);
        count.pending = 0;
      }
    },
  });
  return (...labels) => {
    const key = labels.join(' ');
    let count = counts.get(key);
    if (count === undefined) counts.set(key, (count = { labels, pending: 0 }));
    count.pending++;
  };
}
