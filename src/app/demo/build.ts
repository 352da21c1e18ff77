import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DEFAULT_LIMITS } from '../../kernel/limits';
import { NO_TELEMETRY } from '../../kernel/telemetry';
import { openSqliteEventStore } from '../../event-store/adapters/sqlite/sqlite-event-store';
import { makePrivateFolder } from '../../machine/private-files';
import { NO_LEASE } from '../../projector/lease';
import { MemoryTemporalStore } from '../../read-model/adapters/memory';
import { SETTINGS } from '../config/settings';
import { features } from '../features';
import { configuredFourEyes } from '../four-eyes';
import { openLedger } from '../ledger';
import { DemoClock } from './demo-clock';
import { playDemo } from './play';
import { DemoStep, readDemoSteps, REPORT_2023 } from './steps';

export interface DemoLedgerOptions {
  /** The ledger file that will be served. */
  readonly path: string;
  readonly streamPrefix: string;
  readonly timeZone: string;
  /** By default the year of the report. */
  readonly steps?: readonly DemoStep[];
}

const PATIENCE_MS = 10_000;

/**
 * Builds the demo ledger in a new file. Until it is complete, the file is in a separate folder next to its final path. So a
 * crash leaves no incomplete ledger, and the process that serves it never uses a simulated clock. An existing file is kept as
 * it is. Throws `DemoError` if a step is refused; then there is no file.
 */
export async function buildDemoLedger(options: DemoLedgerOptions): Promise<'built' | 'kept'> {
  const { path } = options;
  if (existsSync(path)) return 'kept';
  makePrivateFolder(dirname(path));
  removeLeftovers(path);
  const workshop = mkdtempSync(workshopsOf(path));
  try {
    const unfinished = join(workshop, basename(path));
    await playInto(unfinished, options);
    // Checked again: another process may have built it in the meantime, and may be recording in it.
    if (existsSync(path)) return 'kept';
    renameSync(unfinished, path);
    return 'built';
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

async function playInto(path: string, options: DemoLedgerOptions): Promise<void> {
  const { streamPrefix, timeZone, steps = readDemoSteps(REPORT_2023) } = options;
  const clock = new DemoClock();
  const ledger = openLedger({
    eventStore: openSqliteEventStore({
      path,
      prefix: streamPrefix,
      timeZone,
      kind: 'demo',
      clock: { simulated: clock },
    }),
    readModels: new MemoryTemporalStore(),
    projectUnder: NO_LEASE,
    streamPrefix,
    timeZone,
    clock,
    limits: DEFAULT_LIMITS,
    patienceMs: PATIENCE_MS,
    // The steps count on it, whatever FOUR_EYES says when the ledger is served.
    fourEyes: configuredFourEyes(SETTINGS.fourEyes.demoDefault, features.actions),
    demo: true,
    telemetry: NO_TELEMETRY,
  });
  try {
    await playDemo({ services: ledger.services, clock, steps });
  } catch (error) {
    // If the projector gave up, that is why the step could not be read back.
    throw ledger.failure() ?? error;
  } finally {
    await ledger.close();
  }
}

const workshopsOf = (path: string): string => `${path}.building-`;

/** A build takes seconds. A folder that is younger than this may belong to another process. */
const LEFT_MS = 3_600_000;

/** Removes what unfinished builds have left. */
function removeLeftovers(path: string): void {
  const folder = dirname(path);
  const begin = basename(workshopsOf(path));
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(begin)) continue;
    const made = statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (made < Date.now() - LEFT_MS) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
