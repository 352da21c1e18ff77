import path from 'node:path';
import { readConfig } from '../src/app/config';
import { openEngines } from '../src/app/engines';
import { streamNames } from '../src/app/features';
import { departmentsOfEntities } from '../src/app/evidence/departments';
import { newSigningKey } from '../src/app/evidence/signing-keys';
import { Progress } from '../src/cli/progress';
import { EventStore } from '../src/event-store/event-store';
import { CheckpointFile } from '../src/evidence/adapters/checkpoint-file';
import { PlaceFile } from '../src/evidence/adapters/place-file';
import { TileFiles } from '../src/evidence/adapters/tile-files';
import { WorkerHasher } from '../src/evidence/adapters/worker-hasher';
import { checkedLog } from '../src/evidence/checked-log';
import { CheckpointSigner } from '../src/evidence/checkpoint-signer';
import { LeafCheck } from '../src/evidence/leaf-check';
import { LogFollower } from '../src/evidence/log-follower';
import { openFollowedLog } from '../src/evidence/open-followed-log';
import { signerOf } from '../src/evidence/notes/signatures';
import { LastingTroubles } from '../src/kernel/lasting-troubles';
import { NO_LEASE } from '../src/projector/lease';
import { MemoryTemporalStore } from '../src/read-model/adapters/memory';
import { temporaryFolder } from '../tests/support/temporary-folder';
import { cpuMsOf, median, Report } from './measure';
import { NO_TROUBLE } from './no-trouble';
import { manyDepartments, secondsToProject } from './replay';

/** Each has 2,002 events. */
const DEPARTMENTS = { replayed: 50, started: 500 } as const;
const ROUNDS = 5;
const ORIGIN = 'bench.example/ledger';
const KEY = newSigningKey();
const departmentOf = departmentsOfEntities(streamNames());

/** What the tree of the log costs a replay and a start. */
export async function signedLog(): Promise<Report> {
  return [...(await withLog(DEPARTMENTS.replayed, replays)), ...(await withLog(DEPARTMENTS.started, starts))];
}

interface Ledger {
  readonly log: EventStore;
  readonly folder: string;
}

async function withLog(departments: number, use: (ledger: Ledger) => Promise<Report>): Promise<Report> {
  const folder = temporaryFolder();
  const config = readConfig({ DATA_DIR: folder.path, PATIENCE_MS: '60000' }, 'tool');
  const { eventStore: log } = openEngines(config, NO_TROUBLE);
  try {
    await manyDepartments(log, departments);
    return await use({ log, folder: path.join(folder.path, 'tree') });
  } finally {
    await log.close();
    folder.remove();
  }
}

async function replays(ledger: Ledger): Promise<Report> {
  const { log } = ledger;
  await signAll(ledger);
  const signed = follow(ledger);
  const use = await openFollowedLog({ ...signed.parts, log }, departmentOf);
  const followed = use();
  const check = new LeafCheck({
    followed: () => Promise.resolve(followed),
    hasher: signed.hasher,
    onDifference: (difference) => {
      throw difference;
    },
  });
  const measured = {
    without: [] as number[],
    with: [] as number[],
    cpuWithout: [] as number[],
    cpuWith: [] as number[],
  };
  for (let round = 0; round < ROUNDS; round++) {
    measured.cpuWithout.push(await cpuMsOf(async () => measured.without.push(await replay(log))));
    measured.cpuWith.push(await cpuMsOf(async () => measured.with.push(await replay(checkedLog(log, check)))));
  }
  await signed.stop();
  return [
    {
      what: 'replay with the tree, compared with replay without it, by wall clock',
      value: median(measured.with) / median(measured.without),
      unit: 'x',
      bound: { atMost: 1.3 },
    },
    {
      what: 'the same, by CPU time',
      value: median(measured.cpuWith) / median(measured.cpuWithout),
      unit: 'x',
    },
  ];
}

const replay = (log: EventStore): Promise<number> => secondsToProject(log, new MemoryTemporalStore());

async function starts(ledger: Ledger): Promise<Report> {
  const since = performance.now();
  const events = await signAll(ledger);
  const fromNothing = performance.now() - since;
  const checks: number[] = [];
  const openings: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now();
    const signed = follow(ledger);
    await signed.follower.check();
    checks.push(performance.now() - begun);
    const working = signed.run();
    await signed.follower.opened(signed.signal);
    openings.push(performance.now() - begun);
    await signed.stop();
    await working;
  }
  return [
    { what: 'events in the log of the starts', value: events, unit: 'events' },
    { what: 'start from nothing: the tree of the whole log, signed', value: fromNothing / 1_000, unit: 's' },
    {
      what: 'start from a kept checkpoint, until answers may be given',
      value: median(checks),
      unit: 'ms',
      bound: { atMost: 500 },
    },
    { what: 'the same, until proofs can be made', value: median(openings), unit: 'ms' },
  ];
}

/** Computes and signs the tree of the whole log, and shows how far it is. */
async function signAll(ledger: Ledger): Promise<number> {
  const signed = follow(ledger);
  const head = await ledger.log.head();
  const progress = new Progress(process.stderr, 'hashing');
  const running = signed.run();
  while ((signed.kept.newest?.position ?? 0n) < head) {
    await signed.follower.progress.wait({ timeoutMs: 1_000 });
    const { size = 0n, position = 0n } = signed.follower.followed?.end ?? {};
    progress.show(Number(size), Number(position) / Number(head));
  }
  progress.end();
  await signed.stop();
  await running;
  return Number(signed.kept.newest?.treeSize);
}

function follow({ log, folder }: Ledger) {
  const kept = CheckpointFile.open(path.join(folder, 'checkpoints.jsonl'));
  const hasher = new WorkerHasher(new LastingTroubles(NO_TROUBLE, 'tree'));
  const parts = {
    storage: { tiles: new TileFiles(folder), places: PlaceFile.open(folder) },
    signer: new CheckpointSigner(ORIGIN, [signerOf(ORIGIN, 'note', KEY)], kept),
  };
  const follower = new LogFollower({
    ...parts,
    log,
    departmentOf,
    lease: NO_LEASE,
    hasher,
    onMismatch: (mismatch) => {
      throw mismatch;
    },
    telemetry: NO_TROUBLE,
  });
  const stopping = new AbortController();
  return {
    kept,
    parts,
    follower,
    hasher,
    signal: stopping.signal,
    run: () => follower.run(stopping.signal),
    async stop(): Promise<void> {
      stopping.abort();
      await hasher.close();
    },
  };
}
