import { dirname } from 'node:path';
import Database from 'libsql';
import { CorruptLedger, Outage } from '../../../kernel/outage';
import { makePrivateFile, makePrivateFolder } from '../../../machine/private-files';
import { translating } from './driver-errors';
import { APPLICATION_IDS, LedgerKind } from './ledger-kind';

const LAYOUT_VERSION = 1n;

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
  /** Refuses a ledger of the other kind. */
  readonly kind: LedgerKind;
  /** Refuses a ledger that holds events. */
  readonly onlyEmpty: boolean;
}

/** Opens the ledger for this process alone, or makes a new one where there is no file. */
export function openLedgerFile(options: LedgerFileOptions): Database.Database {
  const { path } = options;
  const database = connect(path);
  try {
    translating(path, () => {
      database.defaultSafeIntegers(true);
      // Locked from the first read on, and not changed before it is known to be the right file.
      database.pragma('locking_mode = EXCLUSIVE');
      const isNew = isBlank(database);
      if (!isNew) requireUsable(database, options);
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = FULL');
      // 32 MiB: at the default of 4 MiB a busy ledger writes most pages of its indexes twice.
      database.pragma('wal_autocheckpoint = 8192');
      if (isNew) create(database, options);
    });
  } catch (error) {
    abandonLedgerFile(database);
    throw error;
  }
  return database;
}

/** Leaves one file, with nothing beside it. */
export function closeLedgerFile(database: Database.Database, path: string): void {
  translating(path, () => {
    try {
      // SQLite gives back a lock outside of WAL mode only.
      database.pragma('journal_mode = DELETE');
      unlock(database);
    } finally {
      database.close();
    }
  });
}

/** The driver keeps a closed connection, and its lock, until the last of its statements is garbage. That may be never. */
function unlock(database: Database.Database): void {
  database.pragma('locking_mode = NORMAL');
  isBlank(database);
}

/** Closes a file that cannot be worked with, so that it can be opened again. */
export function abandonLedgerFile(database: Database.Database): void {
  try {
    unlock(database);
  } catch {
    // What led here is the error to tell of.
  } finally {
    database.close();
  }
}

function connect(path: string): Database.Database {
  try {
    makePrivateFolder(dirname(path));
    // SQLite gives the files beside it the same mode.
    makePrivateFile(path);
    return new Database(path);
  } catch (error) {
    throw new Outage(`Ledger file ${path} cannot be opened`, { cause: error });
  }
}

const isBlank = (database: Database.Database): boolean =>
  readOne(database, 'SELECT count(*) FROM sqlite_master') === 0n;

function requireUsable(database: Database.Database, { path, prefix, kind, onlyEmpty }: LedgerFileOptions): void {
  const id = readOne(database, 'PRAGMA application_id');
  if (id !== APPLICATION_IDS[kind]) {
    const isLedger = Object.values<unknown>(APPLICATION_IDS).includes(id);
    throw new CorruptLedger(`Ledger file ${path}: it is ${isLedger ? `no ${kind}` : 'a database, but not a'} ledger`);
  }
  const version = readOne(database, 'PRAGMA user_version');
  if (version !== LAYOUT_VERSION) {
    throw new CorruptLedger(
      `Ledger file ${path}: it has layout ${String(version)}, and this program knows layout ${String(LAYOUT_VERSION)}`,
    );
  }
  const written = readOne(database, 'SELECT prefix FROM ledger');
  if (written !== prefix) {
    throw new CorruptLedger(`Ledger file ${path}: it holds the streams named ${String(written)}…, not ${prefix}…`);
  }
  if (onlyEmpty && readOne(database, 'SELECT EXISTS (SELECT 1 FROM event)') === 1n) {
    throw new Error(`Ledger file ${path}: it holds events, and a simulated clock starts on an empty ledger only`);
  }
}

function create(database: Database.Database, { prefix, kind }: LedgerFileOptions): void {
  database.exec('BEGIN IMMEDIATE');
  database.exec(LAYOUT);
  database.pragma(`application_id = ${String(APPLICATION_IDS[kind])}`);
  database.prepare('INSERT INTO ledger (prefix) VALUES (?)').run(prefix);
  database.exec('COMMIT');
}

function readOne(database: Database.Database, sql: string): unknown {
  const row = database.prepare(sql).raw().get() as readonly unknown[] | undefined;
  return row?.[0];
}
