import { createHash } from 'node:crypto';
import Database from 'libsql';
import { CorruptLedger } from '../../../kernel/outage';
import { checkTail, headOf, requireSound, rowsBetween } from './checked-tail';
import { AnchorRecord } from './anchor-record';
import { hashedText } from './running-hash';

/** What a check of the whole log found; two sound copies of one log give the same. */
export interface WholeLog {
  readonly head: bigint;
  readonly events: number;
  /** Of all events in log order, or of those up to the position that was asked for. */
  readonly hash: string;
}

/**
 * Checks the whole of the attached ledger in one snapshot: SQLite's structures and indexes, that positions and the revisions of each stream
 * have no gap, that each event is JSON, and, if there is one, the anchor. Throws `CorruptLedger` with the first fault.
 */
export function checkWholeLog(
  database: Database.Database,
  path: string,
  { anchor, hashUpTo }: { readonly anchor?: AnchorRecord | undefined; readonly hashUpTo?: bigint } = {},
): WholeLog {
  database.exec('BEGIN');
  requireIntegrity(database, path);
  checkTail(database, path, anchor);
  const head = headOf(database);
  const hash = createHash('sha256');
  const revisions = new Map<string, bigint>();
  let events = 0;
  let before = 0n;
  for (const rows of rowsBetween(database, 0n, head)) {
    requireSound(rows, path);
    for (const [position, stream, revision] of rows) {
      if (position !== before + 1n) throw gap(path, `the log has a gap before position ${String(position)}`);
      if (revision !== (revisions.get(stream) ?? -1n) + 1n) {
        throw gap(path, `stream ${stream} has a gap before revision ${String(revision)}`);
      }
      revisions.set(stream, revision);
      before = position;
    }
    const hashed = hashUpTo === undefined ? rows : rows.filter(([position]) => position <= hashUpTo);
    hash.update(hashed.map(hashedText).join(''));
    events += rows.length;
  }
  database.exec('COMMIT');
  return { head, events, hash: hash.digest('hex') };
}

export function requireIntegrity(database: Database.Database, path: string): void {
  const found = database.prepare('PRAGMA ledger.integrity_check(5)').raw().all() as [string][];
  const faults = found.map(([fault]) => fault).filter((fault) => fault !== 'ok');
  if (faults.length > 0) throw new CorruptLedger(`Ledger file ${path}: it is damaged: ${faults.join('; ')}`);
}

const gap = (path: string, what: string): CorruptLedger => new CorruptLedger(`Ledger file ${path}: ${what}`);
