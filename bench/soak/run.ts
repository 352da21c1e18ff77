import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Attack } from '../attack/attacks';
import { Figure, Report } from '../measure';
import { temporaryFolder } from '../../tests/support/temporary-folder';
import { askWithoutErrors, Client } from './client';
import { fillCaches } from './fill';
import { FeedReader } from './feed-reader';
import { Role } from '../../src/auth/principal';
import { EVERY_WRITING_ROLE } from '../../tests/support/writers';
import { LedgerLoad, seed } from './ledger-load';
import { paced } from './paced';
import { ServerProcess, startServerProcess } from './server-process';
import { Tally } from './tally';

export interface SoakOptions {
  /** Where the server has its read models: its settings for that. */
  readonly readModels: { readonly REDIS_URL: string } | { readonly READ_MODELS: 'memory' | 'sqlite' };
  readonly seconds: number;
  readonly readers: number;
  readonly attacks: readonly Attack[];
  /** Whether caches are full before the load begins. */
  readonly fillsCaches: boolean;
}

/** Shorter runs report memory and delays, but have no bounds for them: code is still being compiled. */
const JUDGED_FROM_SECONDS = 300;
const WARM_UP = 0.25;
const LOAD = { writesPerSecond: 20, readsPerSecond: 60, attacksPerSecond: 0.5, atOnce: 8 } as const;
const LONGEST_CONNECTION_MS = 15_000;
const PRINCIPALS = 20;
const SETTLE_MS = 15_000;
/** Read models in memory keep about this much for each event. */
const BYTES_PER_EVENT = 2_500;

/** Mixed load on a real server: reads, writes, attacks, and readers of the feed that reconnect. */
export async function soak(options: SoakOptions): Promise<Report> {
  const folder = temporaryFolder();
  const server = await startServerProcess({
    DATA_DIR: folder.path,
    LOG_LEVEL: 'info',
    ...options.readModels,
  });
  try {
    return await soakServer(server, options);
  } finally {
    await server.stop();
    folder.remove();
  }
}

async function soakServer(server: ServerProcess, options: SoakOptions): Promise<Report> {
  const { seconds, readModels } = options;
  const areInMemory = 'READ_MODELS' in readModels && readModels.READ_MODELS === 'memory';
  const tally = new Tally();
  const client = async (sub: string, roles: readonly Role[]): Promise<Client> => ({
    address: server.address,
    token: await server.token(sub, roles),
  });
  const [editor, auditor, attacker] = await Promise.all([
    client('soak-editor', EVERY_WRITING_ROLE),
    client('soak-auditor', ['auditor']),
    client('soak-attacker', ['auditor']),
  ]);
  const start = await seed(editor);
  if (options.fillsCaches) await fillCaches(auditor, tally);
  const load = new LedgerLoad(editor, auditor, tally, start.position);
  const loading = new AbortController();
  const reading = new AbortController();
  // Each reader and each load listens.
  for (const each of [loading.signal, reading.signal]) setMaxListeners(0, each);
  const principals = await Promise.all(
    Array.from({ length: PRINCIPALS }, (_, n) => client(`reader-${n}`, ['auditor'])),
  );
  const readers = Array.from(
    { length: options.readers },
    (_, n) =>
      new FeedReader({
        client: principals[n % PRINCIPALS]!,
        transport: n % 4 === 0 ? 'sse' : 'websocket',
        start: { position: start.position, sequence: start.events },
        reconnectMs: Math.min(LONGEST_CONNECTION_MS, seconds * 250),
        tally,
      }),
  );
  const following = readers.map((reader) => reader.run(reading.signal));
  const { signal } = loading;
  const loads = [
    paced(() => load.write(), { perSecond: LOAD.writesPerSecond, atOnce: LOAD.atOnce, signal }),
    paced(() => load.read(), { perSecond: LOAD.readsPerSecond, atOnce: LOAD.atOnce, signal }),
    paced(attackBy(options.attacks, attacker, tally), { perSecond: LOAD.attacksPerSecond, atOnce: 1, signal }),
  ];
  try {
    await pause(seconds * WARM_UP * 1_000);
    const before = await server.look();
    const written = tally.of('write');
    await pause(seconds * (1 - WARM_UP) * 1_000);
    const { delayMs, longestDelayMs } = await server.look();
    loading.abort();
    await Promise.all(loads);
    const lag = await settle(auditor, readers, load);
    const after = await server.look();
    const events = areInMemory ? tally.of('write') - written : 0;
    const judged = seconds >= JUDGED_FROM_SECONDS;
    return [
      { what: 'writes', value: tally.of('write'), unit: 'requests' },
      { what: 'reads', value: tally.of('read'), unit: 'requests' },
      { what: 'reads that filled the caches before', value: tally.of('fill'), unit: 'requests' },
      { what: 'requests repeated, because their connection was closed', value: tally.of('repeat'), unit: 'requests' },
      { what: 'attacks', value: tally.of('attack'), unit: 'attacks' },
      { what: 'changes delivered to feed readers', value: tally.of('change delivered'), unit: 'changes' },
      { what: 'reconnects of feed readers', value: tally.of('reconnect'), unit: '' },
      { what: 'feed readers that this process was too slow for', value: tally.of('lagged'), unit: 'times' },
      { what: 'memory after warm-up', value: before.memory / 1e6, unit: 'MB' },
      {
        what: `memory at the end${events === 0 ? '' : `, less 2.5 KB for each of ${events} events`}`,
        value: (after.memory - events * BYTES_PER_EVENT) / 1e6,
        unit: 'MB',
        bound: judged ? { atMost: Math.round((before.memory / 1e6) * 11) / 10 } : undefined,
      },
      { what: 'resident memory after warm-up', value: before.rss / 1e6, unit: 'MB' },
      { what: 'resident memory at the end', value: after.rss / 1e6, unit: 'MB' },
      {
        what: 'event-loop delay under load, 99th percentile',
        value: delayMs,
        unit: 'ms',
        bound: judged ? { atMost: 30 } : undefined,
      },
      { what: 'event-loop delay under load, longest', value: longestDelayMs, unit: 'ms' },
      {
        what: 'events that the read models or a reader are behind at the end',
        value: lag,
        unit: 'events',
        bound: { atMost: 0 },
      },
      { what: 'CPU time of the server', value: after.cpuMs / 1_000, unit: 's' },
      { what: 'unexpected errors', value: tally.unexpectedCount, unit: 'errors', bound: { atMost: 0 } },
      ...tally.unexpectedLines,
      complaintsFigure(server),
      ...server.complaints,
    ];
  } finally {
    loading.abort();
    reading.abort();
    await Promise.all([...loads, ...following]);
  }
}

const complaintsFigure = ({ complaints }: ServerProcess): Figure => ({
  what: 'log lines at level error, or that are not JSON',
  value: complaints.length,
  unit: 'lines',
  bound: { atMost: 0 },
});

/** Makes one attack after the other, and requires one of the answers that the attack expects. */
function attackBy(attacks: readonly Attack[], attacker: Client, tally: Tally): () => Promise<void> {
  let next = 0;
  return async () => {
    const attack = attacks[next++ % attacks.length];
    if (attack === undefined) return;
    try {
      const outcome = await attack.run(attacker);
      tally.count('attack');
      if (!attack.expected.test(outcome)) tally.unexpected(attack.name, outcome);
    } catch (error) {
      tally.unexpected(attack.name, error);
    }
  };
}

/** Waits until all have caught up, at most `SETTLE_MS`. Resolves to how many events the last of them is behind. */
async function settle(auditor: Client, readers: readonly FeedReader[], load: LedgerLoad): Promise<number> {
  const until = performance.now() + SETTLE_MS;
  for (;;) {
    const { ledger } = (await askWithoutErrors(auditor, { query: '{ ledger { head projected lagEvents } }' })) as {
      readonly ledger: { readonly head: string; readonly projected: string; readonly lagEvents: number };
    };
    const slowest = readers.reduce((least, { position }) => (position < least ? position : least), BigInt(ledger.head));
    // Positions of the embedded store have no gaps, so their distance is a number of events.
    const behind = Math.max(ledger.lagEvents, Number(BigInt(ledger.head) - slowest));
    const isWhole = BigInt(ledger.head) >= BigInt(load.newest);
    if ((behind === 0 && isWhole) || performance.now() > until) return behind;
    await pause(200);
  }
}
