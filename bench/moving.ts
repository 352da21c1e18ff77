import { statSync } from 'node:fs';
import path from 'node:path';
import { readConfig } from '../src/app/config';
import { openEngines } from '../src/app/engines';
import { exportLogCommand } from '../src/cli/export-log';
import { importLogCommand } from '../src/cli/import-log';
import { StoredEvent } from '../src/event-store/envelope';
import { EventStore } from '../src/event-store/event-store';
import { runCommand } from '../tests/support/run-command';
import { temporaryFolder } from '../tests/support/temporary-folder';
import { cpuMsOf, Report } from './measure';
import { NO_TROUBLE } from './no-trouble';
import { manyDepartments } from './replay';

const EVENTS_OF_A_DEPARTMENT = 2_002;
/** How many times as many events there are in a ledger whose changes of one stream follow each other. */
const RUNS_TO_INTERLEAVED = 25;

/** Moves a ledger from one embedded store to another: the commands export-log and import-log, with all their checks. */
export async function moving(events: number): Promise<Report> {
  const departments = Math.max(1, Math.round(events / EVENTS_OF_A_DEPARTMENT));
  const few = Math.max(1, Math.round(departments / RUNS_TO_INTERLEAVED));
  const folder = temporaryFolder();
  const at = (name: string): string => path.join(folder.path, name);
  try {
    await withLog(at('whole'), (log) => manyDepartments(log, departments));
    const whole = await moved(at, 'whole');
    await withLog(at('short'), (short) => manyDepartments(short, few));
    await withLog(at('short'), (short) => withLog(at('interleaved'), (log) => interleave(short, log)));
    const interleaved = await moved(at, 'interleaved');
    return [
      { what: 'events of the ledger', value: whole.events, unit: 'events' },
      { what: 'size of its file for each event', value: whole.bytes, unit: 'bytes' },
      ...figures('export-log', whole.exporting),
      ...figures('import-log, if changes of one stream follow each other', whole.importing),
      { what: 'events of a ledger where none do', value: interleaved.events, unit: 'events' },
      ...figures('import-log of it', interleaved.importing),
    ];
  } finally {
    folder.remove();
  }
}

async function withLog(folder: string, use: (log: EventStore) => Promise<void>): Promise<void> {
  const { eventStore } = openEngines(readConfig({ DATA_DIR: folder, READ_MODELS: 'memory' }, 'tool'), NO_TROUBLE);
  try {
    await use(eventStore);
  } finally {
    await eventStore.close();
  }
}

/** The same streams, of which each gives one event in turn. */
async function interleave(from: EventStore, to: EventStore): Promise<void> {
  const streams = new Map<string, StoredEvent[]>();
  for await (const event of from.readAll(0n)) {
    const known = streams.get(event.stream);
    if (known === undefined) streams.set(event.stream, [event]);
    else known.push(event);
  }
  for (let index = 0; streams.size > 0; index++) {
    const appends: Promise<unknown>[] = [];
    for (const [stream, events] of streams) {
      const event = events[index];
      if (event === undefined) streams.delete(stream);
      else appends.push(to.append(stream, [event], 'any'));
    }
    await Promise.all(appends);
  }
}

interface Speed {
  /** By wall clock. */
  readonly perSecond: number;
  readonly cpuMicros: number;
}

async function moved(at: (name: string) => string, name: string) {
  const file = at(`${name}.ndjson`);
  const exporting = await timed(exportLogCommand, file, at(name));
  const importing = await timed(importLogCommand, file, at(`${name} moved`));
  const events = Number(/(\d+) events imported/.exec(importing.printed)?.[1]);
  const speedOf = ({ seconds, cpuMs }: Awaited<ReturnType<typeof timed>>): Speed => ({
    perSecond: events / seconds,
    cpuMicros: (1_000 * cpuMs) / events,
  });
  return { events, bytes: statSync(file).size / events, exporting: speedOf(exporting), importing: speedOf(importing) };
}

const figures = (what: string, { perSecond, cpuMicros }: Speed): Report => [
  { what, value: perSecond, unit: 'events/s' },
  { what: `${what}, CPU time for each event`, value: cpuMicros, unit: 'µs' },
];

async function timed(command: typeof exportLogCommand, file: string, folder: string) {
  const start = performance.now();
  let printed = '';
  const cpuMs = await cpuMsOf(async () => {
    printed = await runCommand(command, [file], { DATA_DIR: folder, LOG_LEVEL: 'silent' });
  });
  return { printed, seconds: (performance.now() - start) / 1_000, cpuMs };
}
