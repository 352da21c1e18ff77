import { Instant } from '../kernel/time';
import { ReadEntry } from './merged-reads';

/** Which entries are wanted. A part that is left out matches all; an empty list matches none. */
export interface ReadFilter {
  readonly sub?: readonly string[];
  readonly departments?: readonly string[];
  /** Entries with a read at this moment or later. */
  readonly from?: Instant;
  /** Entries with a read at this moment or earlier. */
  readonly to?: Instant;
}

export function isWanted({ sub, departments, from, to }: ReadFilter, entry: ReadEntry): boolean {
  if (sub?.includes(entry.sub) === false) return false;
  if (departments?.some((department) => hasTouched(entry, department)) === false) return false;
  return entry.lastAt >= (from ?? -Infinity) && entry.firstAt <= (to ?? Infinity);
}

/** Whether a read has touched a department: its code, or a pattern such as `4413*` that covers it. */
export const hasTouched = ({ departments }: Pick<ReadEntry, 'departments'>, department: string): boolean =>
  departments.some((text) => (text.endsWith('*') ? department.startsWith(text.slice(0, -1)) : text === department));
