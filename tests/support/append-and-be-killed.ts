import { openSqliteEventStore } from '../../src/event-store/adapters/sqlite/sqlite-event-store';
import { anEvent } from './events';

// Appends events to a ledger file, one after the other, and then kills itself with the file open.

const [path = '', events = ''] = process.argv.slice(2);
const store = openSqliteEventStore({ path, prefix: 'mingjian-' });

async function append(): Promise<void> {
  for (let count = 0; count < Number(events); count++) await store.append('mingjian-task-a', [anEvent()], 'any');
  process.kill(process.pid, 'SIGKILL');
}

void append();
