import { statSync } from 'node:fs';
import Database from 'libsql';
import { anchorPathOf, readAnchor } from './anchor-file';
import { AnchorRecord } from './anchor-record';
import { AnchorMismatch, checkTail } from './checked-tail';
import { AnchorState, HashedTail } from './ledger-anchor';
import { LAYOUT_VERSION, readOne } from './ledger-file';
import { APPLICATION_IDS } from './ledger-kind';
import { readLedger } from './read-only-ledger';

const WHAT_TO_DO =
  'Nothing is served from it. Put the missing files back, or restore a backup with `mingjian restore`. If what is missing cannot be had, `mingjian accept-loss` records that, and the server can start. For the record of reads or of webhooks, add --reads or --webhooks';

export interface CheckedLedger extends AnchorState {
  /** Why the ledger could not be compared with an anchor; undefined if it could, or if it is empty. */
  readonly problem: string | undefined;
}

/**
 * Checks the newest events of the ledger against its anchor, without changing either. Throws `AnchorMismatch` if events are lost or
 * altered, and `CorruptLedger` if they cannot be read. A file that is no ledger is not checked.
 */
export function checkLedger(path: string): CheckedLedger {
  const anchorPath = anchorPathOf(path);
  const found = readAnchor(anchorPath);
  const known = found === 'unreadable' ? undefined : found;
  const tail = checkedTail(path, known);
  const generation = (known?.generation ?? 0) + 1;
  const { position } = tail.record(generation);
  if (known !== undefined || position === 0n) return { tail, generation, problem: undefined };
  const what = found === undefined ? 'does not exist' : 'cannot be read';
  const problem = `Ledger file ${path}: its anchor ${anchorPath} ${what}, so a loss of its newest events would not have been noticed. A new anchor begins at position ${String(position)}`;
  return { tail, generation, problem };
}

function checkedTail(path: string, anchor: AnchorRecord | undefined): HashedTail {
  try {
    return soundTail(path, anchor);
  } catch (error) {
    throw error instanceof AnchorMismatch ? new AnchorMismatch(error.problem, WHAT_TO_DO) : error;
  }
}

/** The hashes of the newest events, if they are sound and those that the anchor knows. */
export function soundTail(path: string, anchor: AnchorRecord | undefined): HashedTail {
  const file = statSync(path, { throwIfNoEntry: false });
  if (file === undefined) return emptyTail(path, anchor);
  // `openLedgerFile` refuses what is no ledger, and says why.
  if (!file.isFile()) return new HashedTail(0n);
  return readLedger(path, (database) => {
    if (isBlank(database)) return emptyTail(path, anchor);
    return isLedger(database) ? checkTail(database, path, anchor) : new HashedTail(0n);
  });
}

function emptyTail(path: string, anchor: AnchorRecord | undefined): HashedTail {
  if (anchor === undefined || anchor.position === 0n) return new HashedTail(0n);
  throw new AnchorMismatch(
    `Ledger file ${path}: events are lost. It has none, but position ${String(anchor.position)} was recorded`,
  );
}

const isBlank = (database: Database.Database): boolean =>
  readOne(database, 'SELECT count(*) FROM ledger.sqlite_master') === 0n;

/** Whether the attached file has the table of events, as this program knows it. */
const isLedger = (database: Database.Database): boolean =>
  Object.values<unknown>(APPLICATION_IDS).includes(readOne(database, 'PRAGMA ledger.application_id')) &&
  readOne(database, 'PRAGMA ledger.user_version') === LAYOUT_VERSION;
