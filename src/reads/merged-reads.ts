import { Instant, LocalDate } from '../kernel/time';
import { ReadLine, ReadMoment } from './read';
import { ReadPlace } from './read-cursor';

/** All reads of one person, operation, entity and day. */
export interface ReadEntry {
  /** Where its first line is in the record. It does not change when further reads are recorded. */
  readonly place: ReadPlace;
  readonly sub: string;
  readonly name?: string;
  readonly operation: string;
  readonly entity?: string;
  readonly departments: readonly string[];
  readonly fields: readonly string[];
  readonly count: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** The moments as of which the person read, each once; the one that was read last is the last. */
  readonly moments: readonly ReadMoment[];
}

interface Merged extends Omit<ReadEntry, 'departments' | 'fields' | 'moments'> {
  name?: string;
  count: number;
  firstAt: Instant;
  lastAt: Instant;
  readonly departments: Set<string>;
  readonly fields: Set<string>;
  readonly moments: Map<string, ReadMoment>;
}

/** An entry shows this many moments, those that were read last. The record has all. */
export const MOST_MOMENTS = 100;

/** The entries of one day. */
export class MergedReads {
  private readonly entries = new Map<string, Merged>();

  constructor(private readonly day: LocalDate) {}

  get size(): number {
    return this.entries.size;
  }

  /** Adds the lines of the event at this position of the record. */
  add(lines: readonly ReadLine[], position: bigint): void {
    for (const [index, line] of lines.entries()) this.addLine(line, { day: this.day, position, index });
  }

  /** From the entry that began last. */
  *newestFirst(): Generator<ReadEntry, void> {
    for (const entry of [...this.entries.values()].toReversed()) yield shown(entry);
  }

  private addLine(line: ReadLine, place: ReadPlace): void {
    const key = `${line.sub}\n${line.operation}\n${line.entity ?? ''}`;
    let entry = this.entries.get(key);
    if (entry === undefined) this.entries.set(key, (entry = begun(line, place)));
    entry.name = line.name ?? entry.name;
    entry.count += line.count;
    // Several servers write, each by its own clock.
    entry.firstAt = Math.min(entry.firstAt, line.firstAt);
    entry.lastAt = Math.max(entry.lastAt, line.lastAt);
    for (const department of line.departments) entry.departments.add(department);
    for (const field of line.fields) entry.fields.add(field);
    keepLast(entry.moments, line.moment);
  }
}

function begun({ sub, operation, entity, firstAt, lastAt }: ReadLine, place: ReadPlace): Merged {
  const parts = { departments: new Set<string>(), fields: new Set<string>(), moments: new Map<string, ReadMoment>() };
  return { place, sub, operation, entity, count: 0, firstAt, lastAt, ...parts };
}

const shown = ({ departments, fields, moments, ...entry }: Merged): ReadEntry => ({
  ...entry,
  // A read that another entry counts is a read all the same.
  count: Math.max(1, entry.count),
  departments: [...departments].sort(),
  fields: [...fields].sort(),
  moments: [...moments.values()],
});

function keepLast(moments: Map<string, ReadMoment>, moment: ReadMoment): void {
  const key = `${moment.position} ${moment.effectiveAt ?? ''}`;
  moments.delete(key);
  moments.set(key, moment);
  if (moments.size <= MOST_MOMENTS) return;
  for (const oldest of moments.keys()) {
    moments.delete(oldest);
    return;
  }
}
