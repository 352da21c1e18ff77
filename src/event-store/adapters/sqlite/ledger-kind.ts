import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A ledger never changes its kind. */
export type LedgerKind = 'real' | 'demo';

/** The `application_id` that SQLite keeps in the header of a ledger file: "MJLG" or "MJLD". */
export const APPLICATION_IDS: Readonly<Record<LedgerKind, bigint>> = { real: 0x4d4a4c47n, demo: 0x4d4a4c44n };

/** A 32-bit number, most significant byte first (https://www.sqlite.org/fileformat.html#the_database_header). */
const APPLICATION_ID_OFFSET = 68;

/**
 * The kind of the ledger in the file; undefined if there is no file. We do not open it with SQLite, which would recover a
 * ledger that crashed and so write to it. A demo ledger is built and closed before it is served, so its id is never in the
 * `-wal` file only. Any other file counts as real.
 */
export function ledgerKindOf(path: string): LedgerKind | undefined {
  if (!existsSync(path)) return undefined;
  return applicationIdOf(path) === APPLICATION_IDS.demo ? 'demo' : 'real';
}

/**
 * Files in the folder of a missing ledger file that are a ledger, or what is left next to one: the ledger is there under
 * another name, or it has been removed.
 */
export function tracesOfLedger(path: string): readonly string[] {
  const folder = dirname(path);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && (isSidecar(path, entry.name) || isLedger(join(folder, entry.name))))
    .map(({ name }) => name);
}

const isSidecar = (path: string, name: string): boolean =>
  ['-wal', '-journal', '-anchor'].some((suffix) => name === `${basename(path)}${suffix}`);

const isLedger = (path: string): boolean => Object.values(APPLICATION_IDS).includes(applicationIdOf(path));

/** 0 if the file is too short. */
function applicationIdOf(path: string): bigint {
  const id = Buffer.alloc(4);
  const file = openSync(path, 'r');
  try {
    readSync(file, id, 0, id.length, APPLICATION_ID_OFFSET);
  } finally {
    closeSync(file);
  }
  return BigInt(id.readUInt32BE());
}
