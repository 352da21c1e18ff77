import { Gauge, Registry } from 'prom-client';

/** Figures as they are at the moment of a scrape; undefined: not known. */
export interface Sample {
  /** Positions of the log; they may have gaps. */
  readonly head: bigint | undefined;
  readonly watermark: bigint | undefined;
  /** For how long the read models have been behind what was the head then. */
  readonly behindSeconds: number;
  /** From 0 to 1: how much of the log the read models that are being built have. 1 if they serve. */
  readonly rebuilt: number;
  /** Subscriptions and exports. */
  readonly feedReaders: number;
}

/** Returns what sets the source of the figures. Before that, there are none. */
export function sampleMetrics(registry: Registry): (source: () => Sample) => void {
  let source: (() => Sample) | undefined;
  const gauge = (name: string, help: string, value: (sample: Sample) => number | undefined): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        const figure = source && value(source());
        if (figure === undefined) this.remove();
        else this.set(figure);
      },
    });
  };
  gauge('mingjian_log_head_position', 'Position of the newest event', ({ head }) => asNumber(head));
  gauge('mingjian_watermark_position', 'Position that the read models have reached', ({ watermark }) =>
    asNumber(watermark),
  );
  gauge(
    'mingjian_projection_behind_seconds',
    'For how long the read models have been behind the log; 0 if they have all of it',
    ({ behindSeconds }) => behindSeconds,
  );
  gauge(
    'mingjian_rebuild_progress_ratio',
    'How much of the log the read models have that are being built; 1 if they serve',
    ({ rebuilt }) => rebuilt,
  );
  gauge('mingjian_feed_readers', 'Subscriptions and exports that are running', ({ feedReaders }) => feedReaders);
  return (given) => {
    source = given;
  };
}

const asNumber = (position: bigint | undefined): number | undefined =>
  position === undefined ? undefined : Number(position);
