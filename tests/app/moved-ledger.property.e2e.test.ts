import fc from 'fast-check';
import { join } from 'node:path';
import { openSqliteEventStore } from '../../src/event-store/adapters/sqlite/sqlite-event-store';
import { EventStore } from '../../src/event-store/event-store';
import { ImportedLog } from '../../src/event-store/imported-log';
import { startApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { TestClock } from '../support/clock';
import { historyArbitrary } from '../support/histories/history';
import { openLog, startStandIn } from '../support/kurrentdb-log';
import { STREAM_PREFIX } from '../support/ledger';
import { exportedLines, importLines } from '../support/moved-log';
import { PROPERTY_TIMEOUT_MS, runs } from '../support/property';
import { temporaryFolder } from '../support/temporary-folder';
import { askAll, Asked, fill, wholeLedger } from '../support/whole-ledger';

const NOW = '2023-02-01T02:00:00.000Z';
const LATER = '2024-01-01T00:00:00.000Z';
const onEnd = cleanUps();

function openFile(clock: TestClock): EventStore {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const path = join(folder.path, 'ledger.db');
  return openSqliteEventStore({ path, prefix: STREAM_PREFIX, clock: { simulated: clock }, nodeClock: clock });
}

const openServer = async (clock: TestClock): Promise<EventStore> => openLog((await startStandIn(onEnd, { clock })).url);

/** The tree has one leaf more, before all others. */
const comparable = (asked: readonly Asked[]): unknown =>
  JSON.parse(JSON.stringify(asked, (name, value: unknown) => (name === 'leafIndex' ? undefined : value)));

const WAYS = [
  ['a file', openFile, 'KurrentDB', openServer],
  ['KurrentDB', openServer, 'a file', openFile],
] as const;

test.each(WAYS)(
  'a random history gives the same answers after it was moved from %s',
  async (_from, openOld, _to, openNew) => {
    await fc.assert(
      fc.asyncProperty(historyArbitrary(10), async (history) => {
        const old = await startApi({ now: NOW, eventStore: openOld });
        try {
          await fill(old, history);
          old.clock.set(LATER);
          const asked = await askAll(old, await wholeLedger(old));
          const moved = await startApi({
            now: LATER,
            async eventStore(clock) {
              const store = await openNew(clock);
              await importLines(store, await exportedLines(old.eventStore));
              return new ImportedLog(store, STREAM_PREFIX);
            },
          });
          try {
            const again = await askAll(
              moved,
              asked.map(({ question }) => question),
            );
            expect(comparable(again)).toEqual(comparable(asked));
          } finally {
            await moved.close();
          }
        } finally {
          await old.close();
        }
      }),
      runs(1),
    );
  },
  PROPERTY_TIMEOUT_MS,
);
