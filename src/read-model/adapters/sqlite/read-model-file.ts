import { randomBytes } from 'node:crypto';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import Database from 'libsql';
import { LostReadModels, Outage } from '../../../kernel/outage';
import { makePrivateFile, makePrivateFolder } from '../../../machine/private-files';
import { PROJECTED_FORMAT } from '../../projected-format';
import { CHANGE_LAYOUT } from './change-table';
import { DOCUMENT_LAYOUT } from './document-table';
import { translating } from './driver-errors';
import { MEMBER_LAYOUT } from './member-table';
import { STATE_LAYOUT } from './state-row';
import { VERSION_LAYOUT } from './version-table';

/** The `application_id` that SQLite keeps in the header of the file: "MJRM". */
const APPLICATION_ID = 0x4d4a524dn;
/** Raise it with each change of the tables. */
const LAYOUT_VERSION = 1;
const USER_VERSION = BigInt(PROJECTED_FORMAT * 1_000 + LAYOUT_VERSION);

/** Nothing is in the file yet. */
const BLANK = 'blank';

const KIB_CACHED = 64 * 1024;
/**
 * When the write-ahead log has this many pages of 4 KiB, they are copied into the file. That is a part of the commit, so it holds up
 * readers. While the read models are built there are none, and a page that changes often is copied less often.
 */
const PAGES_OF_CHECKPOINT = { building: 8_192, serving: 1_024 } as const;
const WAL_BYTES = 32 * 1024 * 1024;

export interface ReadModelFileOptions {
  readonly path: string;
  /** The beginning of the names of the ledger's streams. Read models of other streams do not fit. */
  readonly prefix: string;
  /** Learns why the read models cannot be used. If it throws, they are kept. */
  readonly onUnfit: (reason: LostReadModels) => void;
}

/**
 * Opens the file and locks it. If there is none, or if it holds no read models that this program can use, begins new ones: everything in
 * it can be built again from the log. Throws `Outage` if another process uses it, or if it cannot be written.
 */
export function openReadModelFile(options: ReadModelFileOptions): Database.Database {
  const { path, onUnfit } = options;
  removeFiles(discardedPathOf(path));
  prepareFolder(path);
  const found = openFound(options);
  if (typeof found !== 'string') return found;
  if (found !== BLANK) {
    onUnfit(new LostReadModels(found));
    discardFile(path);
    prepareFolder(path);
  }
  return created(options);
}

/** From now on a checkpoint is short. */
export function serveReadModelFile(database: Database.Database): void {
  database.pragma(`wal_autocheckpoint = ${PAGES_OF_CHECKPOINT.serving}`);
}

/** Closes the file at once: the driver keeps a closed connection and its locks for a while, but not a detached file. */
export function closeReadModelFile(database: Database.Database): void {
  if (database.inTransaction) database.exec('ROLLBACK');
  try {
    database.exec('DETACH models');
  } finally {
    database.close();
  }
}

/** Removes the closed file. A large one is removed beside other work. */
export function discardFile(path: string): void {
  const discarded = discardedPathOf(path);
  removeFiles(discarded);
  if (existsSync(path)) renameSync(path, discarded);
  for (const suffix of ['-wal', '-shm', '-journal']) rmSync(`${path}${suffix}`, { force: true });
  // A file that stays is removed at the next start.
  void rm(discarded, { force: true }).catch(() => undefined);
}

const discardedPathOf = (path: string): string => `${path}-discarded`;

function removeFiles(path: string): void {
  rmSync(path, { force: true });
}

function prepareFolder(path: string): void {
  try {
    makePrivateFolder(dirname(path));
    // SQLite creates its other files with the mode of this one.
    makePrivateFile(path);
  } catch (error) {
    throw new Outage(`Read models in ${path} cannot be opened`, { cause: error });
  }
}

function attach(path: string): Database.Database {
  const database = new Database(':memory:');
  try {
    return translating(path, () => {
      database.defaultSafeIntegers(true);
      database.prepare('ATTACH ? AS models').run(resolve(path));
      // Before the first read. So no other process opens the file, and SQLite needs no lock for each read.
      database.pragma('models.locking_mode = EXCLUSIVE');
      return database;
    });
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The read models that are in the file, or why they cannot be used. */
function openFound(options: ReadModelFileOptions): Database.Database | string {
  const { path } = options;
  let database: Database.Database | undefined;
  try {
    const found = (database = attach(path));
    const problem = translating(path, () => problemOf(found, options));
    if (problem === undefined) return tuned(found, path);
    closeReadModelFile(found);
    return problem;
  } catch (error) {
    if (database !== undefined) closeReadModelFile(database);
    if (error instanceof LostReadModels) return error.message;
    throw error;
  }
}

function problemOf(database: Database.Database, { path, prefix }: ReadModelFileOptions): string | undefined {
  if (readOne(database, 'SELECT count(*) FROM models.sqlite_master') === 0n) return BLANK;
  if (readOne(database, 'PRAGMA models.application_id') !== APPLICATION_ID) {
    return `Read models in ${path}: it is another database`;
  }
  const version = readOne(database, 'PRAGMA models.user_version');
  if (version !== USER_VERSION) {
    return `Read models in ${path}: they have format ${String(version)}, and this program writes format ${String(USER_VERSION)}`;
  }
  const found = readOne(database, 'SELECT prefix FROM models.state');
  return found === prefix ? undefined : `Read models in ${path}: they are of streams that begin with ${String(found)}`;
}

function created(options: ReadModelFileOptions): Database.Database {
  const { path, prefix } = options;
  const database = attach(path);
  try {
    tuned(database, path);
    translating(path, () => {
      // A new file needs not be on disk before it holds something.
      database.pragma('models.synchronous = OFF');
      database.exec('BEGIN IMMEDIATE');
      database.exec([STATE_LAYOUT, CHANGE_LAYOUT, DOCUMENT_LAYOUT, VERSION_LAYOUT, MEMBER_LAYOUT].join('\n'));
      database.pragma(`models.application_id = ${String(APPLICATION_ID)}`);
      database.pragma(`models.user_version = ${String(USER_VERSION)}`);
      database
        .prepare('INSERT INTO models.state (version, prefix, position, sequence, recorded_at) VALUES (?, ?, 0, 0, 0)')
        .run([randomBytes(6).toString('hex'), prefix]);
      database.exec('COMMIT');
      database.pragma('models.synchronous = NORMAL');
    });
    return database;
  } catch (error) {
    closeReadModelFile(database);
    throw error;
  }
}

function tuned(database: Database.Database, path: string): Database.Database {
  return translating(path, () => {
    database.pragma('models.journal_mode = WAL');
    // A commit does not wait for the disk: after a power cut the file may lack the newest changes, and the log has them.
    database.pragma('models.synchronous = NORMAL');
    database.pragma(`models.cache_size = -${KIB_CACHED}`);
    database.pragma(`wal_autocheckpoint = ${PAGES_OF_CHECKPOINT.building}`);
    database.pragma(`models.journal_size_limit = ${WAL_BYTES}`);
    return database;
  });
}

function readOne(database: Database.Database, sql: string): unknown {
  const row = database.prepare(sql).raw().get() as readonly unknown[] | undefined;
  return row?.[0];
}
