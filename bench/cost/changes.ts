import { statSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteEventStore } from '../../src/event-store/adapters/sqlite/sqlite-event-store';
import { EventStore } from '../../src/event-store/event-store';
import { streamNames } from '../../src/app/features';
import { MemoryTemporalStore } from '../../src/read-model/adapters/memory';
import { SqliteTemporalStore } from '../../src/read-model/adapters/sqlite/sqlite-temporal-store';
import { TemporalStore } from '../../src/read-model/temporal-store';
import { temporaryFolder } from '../../tests/support/temporary-folder';
import { heapInUse } from '../heap';
import { cpuMsOf } from '../measure';
import { NO_TROUBLE } from '../no-trouble';
import { secondsToProject } from '../replay';
import * as seed from '../seed';
import { along, Axis, decades, lastOf, Point } from './axis';

const CHANGES_OF_TASK = 100;
const TASKS_AT_ONCE = 50;
/** Read models of more changes are not built in memory. */
const MOST_IN_MEMORY = 100_000;
const SECONDS = 240;
const GIB = 2 ** 30;

const APPENDED = 'a change appended, 10 in one append';
const IN_MEMORY = 'a change replayed into memory';
const IN_FILE = 'a change replayed into a file';

/** Tasks of 100 changes each. */
export async function changes(largest: number): Promise<Axis> {
  const measured = await along(decades(1_000, largest), SECONDS, pointsAt);
  const [memory, file] = [IN_MEMORY, IN_FILE].map((operation) => lastOf(measured.points, operation));
  const most = Math.floor((2 * GIB) / (memory?.bytes ?? 1));
  const hours = (1e8 * (file?.micros ?? 0)) / 3.6e9;
  const nextLimit =
    `Read models in memory: a heap of 2 GiB has room for ${most.toLocaleString('en')} changes. In a file: 100 million changes take ` +
    `${((1e8 * (file?.bytes ?? 0)) / GIB).toFixed(0)} GiB, and ${hours.toFixed(1)} hours of CPU time to build again.`;
  return { of: 'changes in the log', ...measured, nextLimit };
}

async function pointsAt(size: number): Promise<readonly Point[]> {
  const folder = temporaryFolder();
  const path = join(folder.path, 'ledger.db');
  const log = openSqliteEventStore({ path, prefix: 'mingjian-' });
  try {
    const each = (ms: number): number => (ms * 1_000) / size;
    const appended = await cpuMsOf(() => generate(log, size / CHANGES_OF_TASK));
    const points: Point[] = [{ operation: APPENDED, size, micros: each(appended), bytes: sizeOf(path) / size }];
    if (size <= MOST_IN_MEMORY) {
      const before = heapInUse();
      const store = new MemoryTemporalStore();
      const ms = await project(log, store);
      points.push({ operation: IN_MEMORY, size, micros: each(ms), bytes: (heapInUse() - before) / size });
      await store.close();
    }
    const models = join(folder.path, 'read-models.db');
    const store = new SqliteTemporalStore({ path: models, streams: streamNames(), telemetry: NO_TROUBLE });
    const ms = await project(log, store);
    await store.close();
    points.push({ operation: IN_FILE, size, micros: each(ms), bytes: sizeOf(models) / size });
    return points;
  } finally {
    await log.close();
    folder.remove();
  }
}

const project = (log: EventStore, store: TemporalStore): Promise<number> => cpuMsOf(() => secondsToProject(log, store));

/** Without the department, so that there are as many changes as the size says. */
async function generate(log: EventStore, tasks: number): Promise<void> {
  for (let from = 0; from < tasks; from += TASKS_AT_ONCE) {
    const some = Array.from({ length: Math.min(TASKS_AT_ONCE, tasks - from) }, (_, index) => `T${from + index}`);
    await Promise.all(some.map((code) => seed.task(log, 'D', code, CHANGES_OF_TASK - 1, 10)));
  }
}

/** With SQLite's write-ahead log. */
const sizeOf = (path: string): number =>
  [path, `${path}-wal`].reduce((sum, each) => sum + (statSync(each, { throwIfNoEntry: false })?.size ?? 0), 0);
