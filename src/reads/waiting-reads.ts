import { Instant, LocalDate } from '../kernel/time';
import { ReadLine, ReadMade } from './read';

interface Waiting extends Omit<ReadLine, 'departments' | 'fields' | 'count' | 'lastAt'> {
  readonly departments: Set<string>;
  readonly fields: Set<string>;
  /** The selection that was added last: most reads of a line have the same. */
  selection: readonly string[];
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
      for (const department of read.departments) line.departments.add(department);
      if (line.selection !== read.fields) {
        line.selection = read.fields;
        for (const field of read.fields) line.fields.add(field);
      }
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
      departments: new Set(read.departments),
      fields: new Set(read.fields),
      selection: read.fields,
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
    return Array.from(lines.values(), ({ selection: _, departments, fields, ...line }) => ({
      ...line,
      departments: [...departments].sort(),
      fields: [...fields].sort(),
    }));
  }
}

/** No operation and no entity holds a line break, and no sub does (`parsePrincipal`). */
const keyOf = ({ sub, operation, entity = '', moment }: ReadMade, day: LocalDate): string =>
  `${day}\n${sub}\n${operation}\n${entity}\n${moment.position}\n${moment.effectiveAt ?? ''}`;
