import { dirname } from 'node:path';
import Database from 'libsql';
import { CorruptLedger, Outage } from '../../../kernel/outage';
import { makePrivateFile, makePrivateFolder } from '../../../machine/private-files';
import { translating } from './driver-errors';
import { APPLICATION_IDS, LedgerKind } from './ledger-kind';

export const LAYOUT_VERSION = 1n;

const LAYOUT = `
  CREATE TABLE ledger (prefix TEXT NOT NULL) STRICT;
  CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL,
    stored_at INTEGER NOT NULL,
    UNIQUE (stream, revision),
    UNIQUE (stream, id)
  ) STRICT;
  PRAGMA user_version = ${String(LAYOUT_VERSION)};
`;

export interface LedgerFileOptions {
  readonly path: string;
  readonly prefix: string;
  /** The time zone of the ledger's days. A ledger that has events of another one is refused. undefined: any. */
  readonly timeZone?: string;
  /** A ledger of the other kind is refused. */
  readonly kind: LedgerKind;
  /** A ledger that has events is refused. */
  readonly onlyEmpty: boolean;
}

/** Opens the ledger to write to it, under its lock. Creates it if there is no file. */
export function openLedgerFile(options: LedgerFileOptions): Database.Database {
  const { path } = options;
  const database = connect(path);
  try {
    translating(path, () => {
      database.defaultSafeIntegers(true);
      // A reader may hold a lock for a moment. This must not hold up the server for long.
      database.pragma('busy_timeout = 1000');
      const isNew = isBlank(database);
      if (!isNew) requireUsable(database, options);
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = FULL');
      // 32 MiB: at the default of 4 MiB a busy ledger writes most pages of its indexes twice.
      database.pragma('wal_autocheckpoint = 8192');
      if (isNew) create(database, options);
      keepTimeZone(database, options);
    });
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** Leaves a single file, without a `-wal` file, unless another process is reading it. */
export function closeLedgerFile(database: Database.Database, path: string): void {
  translating(path, () => {
    try {
      // The driver keeps a closed connection until its last statement is garbage-collected. Outside WAL mode it holds no lock.
      database.pragma('busy_timeout = 0');
      database.pragma('journal_mode = DELETE');
    } catch (error) {
      if (!(error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))) throw error;
    } finally {
      database.close();
    }
  });
}

function connect(path: string): Database.Database {
  try {
    makePrivateFolder(dirname(path));
    // SQLite creates its other files with the mode of this one.
    makePrivateFile(path);
    return new Database(path);
  } catch (error) {
    throw new Outage(`Ledger file ${path} cannot be opened`, { cause: error });
  }
}

const isBlank = (database: Database.Database): boolean =>
  readOne(database, 'SELECT count(*) FROM sqlite_master') === 0n;

/** Throws if it is not a ledger as the options say. */
export function requireUsable(database: Database.Database, options: LedgerFileOptions): void {
  const { path, prefix, kind, onlyEmpty } = options;
  const id = readOne(database, 'PRAGMA application_id');
  if (id !== APPLICATION_IDS[kind]) {
    const isLedger = Object.values<unknown>(APPLICATION_IDS).includes(id);
    throw new CorruptLedger(
      `Ledger file ${path}: it is ${isLedger ? `not a ${kind}` : 'a database, but not a'} ledger`,
    );
  }
  const version = readOne(database, 'PRAGMA user_version');
  if (version !== LAYOUT_VERSION) {
    throw new CorruptLedger(
      `Ledger file ${path}: it has layout ${String(version)}, but this program can read only layout ${String(LAYOUT_VERSION)}`,
    );
  }
  const written = readOne(database, 'SELECT prefix FROM ledger');
  if (written !== prefix) {
    throw new CorruptLedger(`Ledger file ${path}: its streams begin with ${String(written)}, not ${prefix}`);
  }
  requireTimeZone(database, options);
  if (onlyEmpty && hasEvents(database)) {
    throw new Error(`Ledger file ${path}: it has events, but a simulated clock needs an empty ledger`);
  }
}

function create(database: Database.Database, { prefix, kind }: LedgerFileOptions): void {
  database.exec('BEGIN IMMEDIATE');
  database.exec(LAYOUT);
  database.pragma(`application_id = ${String(APPLICATION_IDS[kind])}`);
  database.prepare('INSERT INTO ledger (prefix) VALUES (?)').run(prefix);
  database.exec('COMMIT');
}

function requireTimeZone(database: Database.Database, { path, timeZone }: LedgerFileOptions): void {
  const kept = keptTimeZone(database);
  if (kept === undefined || timeZone === undefined || canonical(kept) === canonical(timeZone)) return;
  if (!hasEvents(database)) return;
  throw new CorruptLedger(
    `Ledger file ${path}: its days are those of ${kept}, not of ${timeZone}; set LEDGER_TIME_ZONE=${kept}`,
  );
}

function keepTimeZone(database: Database.Database, { timeZone }: LedgerFileOptions): void {
  const kept = keptTimeZone(database);
  if (timeZone === undefined || kept === timeZone) return;
  if (!hasTimeZone(database)) database.exec('ALTER TABLE ledger ADD COLUMN time_zone TEXT');
  database.prepare('UPDATE ledger SET time_zone = ?').run(timeZone);
}

function keptTimeZone(database: Database.Database): string | undefined {
  if (!hasTimeZone(database)) return undefined;
  return (readOne(database, 'SELECT time_zone FROM ledger') as string | null) ?? undefined;
}

/** A ledger of 0.1.0 has no such column, and gets the time zone that it is opened with. */
const hasTimeZone = (database: Database.Database): boolean =>
  readOne(database, "SELECT count(*) FROM pragma_table_info('ledger') WHERE name = 'time_zone'") === 1n;

const hasEvents = (database: Database.Database): boolean =>
  readOne(database, 'SELECT EXISTS (SELECT 1 FROM event)') === 1n;

/** A zone may have several names. */
const canonical = (timeZone: string): string => new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;

export function readOne(database: Database.Database, sql: string): unknown {
  const row = database.prepare(sql).raw().get() as readonly unknown[] | undefined;
  return row?.[0];
}
