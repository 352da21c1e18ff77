import { closeSync, existsSync, openSync, readSync } from 'node:fs';

/** A ledger is of one kind for ever. */
export type LedgerKind = 'real' | 'demo';

/** What SQLite keeps as `application_id` in the header of a ledger file: "MJLG" and "MJLD". */
export const APPLICATION_IDS: Readonly<Record<LedgerKind, bigint>> = { real: 0x4d4a4c47n, demo: 0x4d4a4c44n };

/** Of a 32-bit number, the most significant byte first (https://www.sqlite.org/fileformat.html#the_database_header). */
const APPLICATION_ID_OFFSET = 68;

/**
 * The kind of the file's ledger, undefined if there is no file. It is read without SQLite, which would recover a ledger that
 * crashed, and so write to it. The id of a demo ledger is never in the `-wal` file alone: it is built and closed before it is
 * served. So any other file counts as real.
 */
export function ledgerKindOf(path: string): LedgerKind | undefined {
  if (!existsSync(path)) return undefined;
  const id = Buffer.alloc(4);
  const file = openSync(path, 'r');
  try {
    readSync(file, id, 0, id.length, APPLICATION_ID_OFFSET);
  } finally {
    closeSync(file);
  }
  return BigInt(id.readUInt32BE()) === APPLICATION_IDS.demo ? 'demo' : 'real';
}
