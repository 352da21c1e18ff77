import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openSqliteEventStore } from '../../src/event-store/adapters/sqlite/sqlite-event-store';
import { anEvent } from './events';

// Appends to a ledger file from several writers at once, and writes one line for each acknowledged append. Runs until it is
// killed, or until an append fails; then its last line is the name of the error.

const [path = ''] = process.argv.slice(2);
const store = openSqliteEventStore({ path, prefix: 'mingjian-' });

async function write(writer: number): Promise<void> {
  for (let round = 0; ; round++) {
    const append = randomUUID();
    const size = 1 + ((writer + round) % 4);
    const events = Array.from({ length: size }, () => anEvent({ data: { append, size, filling: '绩'.repeat(300) } }));
    await store.append(`mingjian-task-${writer % 3}`, events, 'any');
    writeSync(1, `${append}\n`);
  }
}

Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer))).catch((error: unknown) => {
  writeSync(1, `${error instanceof Error ? error.name : String(error)}\n`);
  process.exit(1);
});
