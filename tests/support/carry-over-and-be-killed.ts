import { EventStore } from '../../src/event-store/event-store';
import { openSqliteEventStore } from '../../src/event-store/adapters/sqlite/sqlite-event-store';
import { startApi } from './api';

// Carries over what a closed budget has left, and kills itself before the second append.

const [path = '', input = ''] = process.argv.slice(2);

function killedBeforeCarryIn(): EventStore {
  const store = openSqliteEventStore({ path, prefix: 'mingjian-' });
  return Object.assign(Object.create(store) as EventStore, {
    append: (...[stream, events, expected]: Parameters<EventStore['append']>) => {
      if (events.some(({ type }) => type === 'BudgetCarriedIn')) process.kill(process.pid, 'SIGKILL');
      return store.append(stream, events, expected);
    },
  });
}

async function carryOver(): Promise<void> {
  const api = await startApi({ now: '2024-01-10T04:00:00.000Z', eventStore: killedBeforeCarryIn });
  await api.write('carryOverBudget', JSON.parse(input) as object);
}

void carryOver();
