import Database from 'libsql';
import { CorruptLedger } from '../../../kernel/outage';
import { AnchorRecord } from './anchor-record';
import { decodeEvent, EventRow, COLUMNS } from './event-rows';
import { CHECKED_EVENTS, HashedTail } from './ledger-anchor';

/** The log does not hold what its anchor says was recorded. */
export class AnchorMismatch extends CorruptLedger {
  override readonly name = 'AnchorMismatch';

  constructor(
    /** What is wrong, without what to do. */
    readonly problem: string,
    advice?: string,
  ) {
    super(advice === undefined ? problem : `${problem}. ${advice}`);
  }
}

const ROWS_PER_QUERY = 256;

/**
 * Checks the newest events: their positions have no gap, their JSON can be read, and they are the ones that the anchor knows. Throws
 * `AnchorMismatch` or `CorruptLedger`. Returns the hashes up to the head, from which the next
 * record of the anchor is made.
 */
export function checkTail(database: Database.Database, path: string, anchor: AnchorRecord | undefined): HashedTail {
  const head = headOf(database);
  if (anchor === undefined) {
    const from = head > BigInt(CHECKED_EVENTS) ? head - BigInt(CHECKED_EVENTS) : 0n;
    return hashed(database, path, new HashedTail(from), from, head);
  }
  if (head < anchor.position) {
    throw new AnchorMismatch(
      `Ledger file ${path}: events are lost. It ends at position ${String(head)}, but position ${String(anchor.position)} was recorded`,
    );
  }
  const tail = new HashedTail(anchor.previousFrom);
  hashed(database, path, tail, anchor.previousFrom, anchor.from);
  if (anchor.from > anchor.previousFrom) tail.split();
  hashed(database, path, tail, anchor.from, anchor.position);
  requireSame(path, tail.record(anchor.generation), anchor);
  return hashed(database, path, tail, anchor.position, head);
}

function requireSame(path: string, found: AnchorRecord, anchor: AnchorRecord): void {
  if (found.hash === anchor.hash && found.previousHash === anchor.previousHash) return;
  const isOlder = found.previousHash !== anchor.previousHash;
  const [after, upTo] = isOlder ? [anchor.previousFrom, anchor.from] : [anchor.from, anchor.position];
  throw new AnchorMismatch(
    `Ledger file ${path}: events between the positions ${String(after + 1n)} and ${String(upTo)} are not those that were recorded`,
  );
}

function hashed(database: Database.Database, path: string, tail: HashedTail, after: bigint, upTo: bigint): HashedTail {
  for (const rows of rowsBetween(database, after, upTo)) {
    requireSound(rows, path);
    tail.add(rows);
  }
  return tail;
}

export function* rowsBetween(
  database: Database.Database,
  after: bigint,
  upTo: bigint,
): Iterable<readonly [EventRow, ...EventRow[]]> {
  const query = database
    .prepare(
      `SELECT ${COLUMNS} FROM event WHERE position > ? AND position <= ? ORDER BY position LIMIT ${ROWS_PER_QUERY}`,
    )
    .raw();
  for (let last = after; ;) {
    const rows = query.all([last, upTo]) as EventRow[];
    const [first, ...others] = rows;
    if (first === undefined) return;
    yield [first, ...others];
    last = rows.at(-1)?.[0] ?? last;
  }
}

/** Throws if consecutive rows have a gap between their positions, or an event that is not JSON. */
export function requireSound(rows: readonly EventRow[], path: string): void {
  for (const [index, row] of rows.entries()) {
    const before = rows[index - 1];
    if (before !== undefined && row[0] !== before[0] + 1n) {
      throw new CorruptLedger(`Ledger file ${path}: the log has a gap before position ${String(row[0])}`);
    }
    decodeEvent(row);
  }
}

export function headOf(database: Database.Database): bigint {
  const [head] = database.prepare('SELECT max(position) FROM event').raw().get() as [bigint | null];
  return head ?? 0n;
}
