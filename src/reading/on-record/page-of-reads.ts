import { Principal } from '../../auth/principal';
import { Instant, LedgerCalendar } from '../../kernel/time';
import { longWork, Worker } from '../../kernel/turns';
import { ReadEntry } from '../../reads/merged-reads';
import { cursorOf, isBehind, parseCursor } from '../../reads/read-cursor';
import { isWanted, ReadFilter } from '../../reads/read-filter';
import { ReadHistory } from '../../reads/read-history';
import { placeOfCursor } from '../cursors';
import { Edge, Page, PageRequest } from '../pages';
import { visibleTo } from './visible-reads';

export interface ReadsServices {
  readonly calendar: LedgerCalendar;
  readonly now: () => Instant;
  readonly work?: Worker;
  /** undefined: there is no record of reads. */
  readonly readHistory?: Pick<ReadHistory, 'entries'>;
}

/** A page of the reads that touched what the caller may read, from the newest to the oldest. Refuses a wrong cursor as `Refused`. */
export async function pageOfReads(
  { calendar, now, work, readHistory }: ReadsServices,
  { readDepartments }: Pick<Principal, 'readDepartments'>,
  filter: ReadFilter,
  { size, after }: PageRequest,
): Promise<Page<ReadEntry>> {
  const start = after === undefined ? undefined : placeOfCursor(after, '/after', parseCursor);
  const edges: Edge<ReadEntry>[] = [];
  const newest = start?.day ?? calendar.dateOf(Math.min(filter.to ?? Infinity, now()));
  const oldest = filter.from === undefined ? undefined : calendar.dateOf(filter.from);
  for await (const entry of readHistory?.entries(newest, oldest, () => longWork.pass(work)) ?? []) {
    if (edges.length > size) break;
    const node = visibleTo(readDepartments, entry);
    if (node === undefined || !isWanted(filter, node)) continue;
    if (start === undefined || isBehind(entry.place, start)) edges.push({ cursor: cursorOf(entry.place), node });
  }
  return { edges: edges.slice(0, size), hasPrevious: after !== undefined, hasNext: edges.length > size };
}
