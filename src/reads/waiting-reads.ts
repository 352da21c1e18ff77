import { Instant, LocalDate } from '../kernel/time';
import { ReadLine, ReadMade } from './read';

interface Waiting extends Omit<ReadLine, 'departments' | 'fields' | 'count' | 'lastAt'> {
  departments: readonly string[];
  /** Most reads of a line ask for the same fields: then it is the list of the first one. */
  fields: readonly string[];
  count: number;
  lastAt: Instant;
}

export interface WhenRead {
  readonly at: Instant;
  readonly day: LocalDate;
}

/** Reads that are not written yet. Reads that differ only in their time are one line with a count. */
export class WaitingReads {
  private lines = new Map<string, Waiting>();

  /** `most`: how many lines may wait. */
  constructor(private readonly most: number) {}

  get size(): number {
    return this.lines.size;
  }

  /** Adds one read, or with `count` 0 another moment of a read that is counted already. Returns false if there is no room for it. */
  add(read: ReadMade, { at, day }: WhenRead, count: 0 | 1 = 1): boolean {
    const key = keyOf(read, day);
    const line = this.lines.get(key);
    if (line !== undefined) {
      line.count += count;
      line.lastAt = at;
      line.departments = withAll(line.departments, read.departments);
      if (line.fields !== read.fields) line.fields = withAll(line.fields, read.fields);
      return true;
    }
    if (this.lines.size >= this.most) return false;
    this.lines.set(key, {
      day,
      sub: read.sub,
      name: read.name,
      operation: read.operation,
      entity: read.entity,
      moment: read.moment,
      departments: [...read.departments],
      fields: read.fields,
      count,
      firstAt: at,
      lastAt: at,
    });
    return true;
  }

  /** Hands over all lines, in the order in which they began. */
  take(): readonly ReadLine[] {
    const { lines } = this;
    this.lines = new Map();
    return [...lines.values()];
  }
}

/** The same list, if it has all of the others. */
function withAll(list: readonly string[], others: Iterable<string>): readonly string[] {
  let all = list;
  for (const other of others) if (!all.includes(other)) all = [...all, other];
  return all;
}

/** No operation and no entity holds a line break, and no sub does (`parsePrincipal`). */
const keyOf = ({ sub, operation, entity = '', moment }: ReadMade, day: LocalDate): string =>
  `${day}\n${sub}\n${operation}\n${entity}\n${moment.position}\n${moment.effectiveAt ?? ''}`;
