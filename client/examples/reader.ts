/*
 * Follows the change feed with mingjian-client, and handles each change exactly once, even if it is killed at any moment: the work and
 * the cursor are in one transaction. Here it counts the changes of each department.
 *
 *   npm install libsql ws
 *   MINGJIAN_URL=http://127.0.0.1:4000 MINGJIAN_TOKEN=… node reader.ts counts.db
 *
 * Node.js 22.18 or later runs it as it is.
 */
import Database from 'libsql';
import { feedDocuments, follow } from 'mingjian-client';
import WebSocket from 'ws';
import { sqliteCursorStore } from './sqlite-store.ts';

interface Change {
  readonly eventId: string;
  readonly position: string;
  readonly department: string;
}

const db = new Database(process.argv[2] ?? 'counts.db');
db.exec(`
  CREATE TABLE IF NOT EXISTS seen(id TEXT PRIMARY KEY, position TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS counts(department TEXT PRIMARY KEY, changes INTEGER NOT NULL);
`);
const insert = db.prepare('INSERT INTO seen VALUES (?, ?)');
const count = db.prepare('INSERT INTO counts VALUES (?, 1) ON CONFLICT DO UPDATE SET changes = changes + 1');

const print = (item: object): void => {
  process.stdout.write(`${JSON.stringify(item)}\n`);
};

const server = {
  url: process.env.MINGJIAN_URL ?? 'http://127.0.0.1:4000',
  token: process.env.MINGJIAN_TOKEN ?? '',
  webSocketImpl: WebSocket,
};
const stop = new AbortController();
process.once('SIGTERM', () => {
  stop.abort();
});

void follow(server, {
  store: sqliteCursorStore(db, 'counts'),
  documents: feedDocuments<Change>('department'),
  batch: 10,
  signal: stop.signal,
  work: (changes) => {
    for (const { eventId, position, department } of changes) {
      insert.run(eventId, position);
      count.run(department);
      print({ position });
    }
  },
  onState: (state) => {
    if (state.kind === 'LIVE') print({ kind: 'CAUGHT_UP', position: state.position });
    if (state.kind === 'WAITING') process.stderr.write(`${state.error.message}\n`);
  },
});
