/*
 * Follows the change feed over WebSocket, and handles each change exactly once, even if it is killed at any moment: it writes its
 * result and its position in one transaction. Here it counts the changes of each department.
 *
 *   MINGJIAN_URL=http://127.0.0.1:4000 MINGJIAN_TOKEN=… node examples/reader.ts counts.db
 *
 * Node.js 22.18 or later runs it as it is.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import Database from 'libsql';
import WebSocket from 'ws';

type Item =
  | { __typename: 'Change'; eventId: string; position: string; department: string }
  | { __typename: 'FeedMark'; kind: 'CAUGHT_UP' | 'PROGRESS' | 'LAGGED'; position: string };

const QUERY = `subscription($after: Position) {
  changes(after: $after) {
    __typename
    ... on Change { eventId position department }
    ... on FeedMark { kind position }
  }
}`;

const db = new Database(process.argv[2] ?? 'counts.db');
db.exec(`
  CREATE TABLE IF NOT EXISTS seen(id TEXT PRIMARY KEY, position TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS counts(department TEXT PRIMARY KEY, changes INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS cursor(position TEXT NOT NULL);
  INSERT INTO cursor SELECT '0' WHERE NOT EXISTS (SELECT * FROM cursor);
`);
const insert = db.prepare('INSERT INTO seen VALUES (?, ?)');
const count = db.prepare('INSERT INTO counts VALUES (?, 1) ON CONFLICT DO UPDATE SET changes = changes + 1');
const move = db.prepare('UPDATE cursor SET position = ?');
const cursor = () => (db.prepare('SELECT position FROM cursor').get() as { position: string }).position;

const take = db.transaction((item: Item) => {
  if (item.__typename === 'Change') {
    insert.run(item.eventId, item.position);
    count.run(item.department);
  }
  // A mark moves the cursor, too, so that nothing before it is read again.
  move.run(item.position);
});

async function follow(): Promise<void> {
  const client = createClient({
    url: `${(process.env.MINGJIAN_URL ?? 'http://127.0.0.1:4000').replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${process.env.MINGJIAN_TOKEN ?? ''}` },
    // The library would resume after its first position. We read the position again instead.
    retryAttempts: 0,
  });
  try {
    for await (const { data, errors } of client.iterate<{ changes: Item }>({
      query: QUERY,
      variables: { after: cursor() },
    })) {
      if (errors || !data) throw new Error(JSON.stringify(errors));
      take(data.changes);
      process.stdout.write(`${JSON.stringify(data.changes)}\n`);
    }
  } finally {
    await client.dispose();
  }
}

async function main(): Promise<never> {
  // The feed ends if the server stops or this reader was too slow (LAGGED). In both cases, resume after the cursor.
  for (;;) {
    await follow().catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : JSON.stringify(error)}\n`);
    });
    await pause(1_000);
  }
}

void main();
