import 'reflect-metadata';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { newSigningKey } from '../../src/app/evidence/signing-keys';
import { table } from '../../src/cli/table';
import { signerOf } from '../../src/evidence/notes/signatures';
import { makePrivateFolder, writePrivateFile } from '../../src/machine/private-files';
import { temporaryFolder } from '../../tests/support/temporary-folder';
import { onRedis } from '../engines';
import { percentile } from '../measure';
import { Client } from '../soak/client';
import { Role } from '../../src/auth/principal';
import { EVERY_WRITING_ROLE } from '../../tests/support/writers';
import { LedgerLoad, seed } from '../soak/ledger-load';
import { ServerProcess, startServerProcess } from '../soak/server-process';
import { Tally } from '../soak/tally';
import { ATTACKS, Attack } from './attacks';
import { startBareNode } from './bare-node';

const USAGE = `npm run attack -- [--writes 2000] [--read-models memory|redis] [--only <text>]

Attacks a server on this machine, one attack after the other, while another caller asks a simple question every 10 ms. Prints
what each attack was refused with, the CPU time that it cost the server, and the 99th percentile of the other caller's times.
The same attacks then meet a server of Node alone, which shows what the machine and Node add to these times.
`;

const OTHERS_P99_MS = 50;
const QUIET_MS = 1_000;
const WRITERS = 16;

interface Row {
  readonly name: string;
  readonly outcome: string;
  readonly isExpected: boolean;
  readonly tookMs: number;
  readonly cpuMs: number;
  readonly p99: number;
}

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      writes: { type: 'string', default: '2000' },
      'read-models': { type: 'string', default: 'memory' },
      only: { type: 'string', default: '' },
    },
  });
  const writes = Number(values.writes);
  const attacks = ATTACKS.filter(({ name }) => name.includes(values.only));
  if (!(writes >= 0) || !/^(memory|redis)$/.test(values['read-models']) || attacks.length === 0) throw new Error(USAGE);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  let isGood = false;
  const run = async (redisUrl?: string): Promise<void> => {
    const rows = await attackAll({ attacks, writes, redisUrl });
    isGood = print(rows, await onBareNode(attacks));
  };
  if (values['read-models'] === 'memory') await run();
  else
    await onRedis(async ({ url }) => {
      await run(url);
      return [];
    });
  return isGood;
}

async function attackAll(options: {
  readonly attacks: readonly Attack[];
  readonly writes: number;
  readonly redisUrl?: string;
}): Promise<readonly Row[]> {
  const folder = temporaryFolder();
  const server = await startServerProcess({
    DATA_DIR: folder.path,
    REDIS_URL: options.redisUrl ?? '',
    ...signingIn(folder.path),
  });
  const { address } = server;
  const client = async (sub: string, roles: readonly Role[]): Promise<Client> => ({
    address,
    token: await server.token(sub, roles),
  });
  const onlooker = onlookerOf(await client('onlooker', ['auditor']));
  try {
    await fill(await client('editor', EVERY_WRITING_ROLE), options.writes);
    const attacker = await client('attacker', ['auditor']);
    const rows: Row[] = [];
    const quiet = await measure(nothing, attacker, server, onlooker);
    for (const attack of options.attacks) {
      const row = await measure(attack, attacker, server, onlooker);
      // The other caller costs the server CPU time, too.
      rows.push({ ...row, cpuMs: Math.max(0, row.cpuMs - (quiet.cpuMs / quiet.tookMs) * row.tookMs) });
    }
    return [quiet, ...rows];
  } finally {
    await onlooker.terminate();
    await server.stop();
    folder.remove();
  }
}

/** The 99th percentiles of the other caller's times while a server of Node alone is attacked, in the order of the rows. */
async function onBareNode(attacks: readonly Attack[]): Promise<readonly number[]> {
  const server = await startBareNode();
  const anyone: Client = { address: server.address, token: 'none' };
  const onlooker = onlookerOf(anyone);
  try {
    const p99s: number[] = [];
    for (const attack of [nothing, ...attacks]) {
      await pause(QUIET_MS);
      const { p99 } = await attackBeside(attack, anyone, onlooker);
      p99s.push(p99);
    }
    return p99s;
  } finally {
    await onlooker.terminate();
    server.stop();
  }
}

const onlookerOf = (client: Client): Worker =>
  new Worker(path.join(__dirname, `onlooker${path.extname(__filename)}`), { workerData: client });

/** A row of its own says what the other caller sees without an attack. */
const nothing: Attack = {
  name: '(no attack)',
  expected: /^nothing$/,
  run: async () => {
    await pause(3 * QUIET_MS);
    return 'nothing';
  },
};

/** The server signs its log, and is the witness of another one. */
function signingIn(folder: string): Readonly<Record<string, string>> {
  const file = (name: string, text: string): string => {
    makePrivateFolder(folder);
    writePrivateFile(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const other = signerOf('log.example/attack', 'note', newSigningKey()).key.text;
  return {
    LEDGER_ORIGIN: 'ledger.example/attacked',
    SIGNING_KEY_FILE: file('key.pem', newSigningKey()),
    WITNESS_NAME: 'witness.example',
    WITNESS_KEY_FILE: file('witness.pem', newSigningKey()),
    WITNESSED_LOGS_FILE: file('logs.txt', `log ${other}\nquorum none\n`),
  };
}

async function measure(attack: Attack, attacker: Client, server: ServerProcess, onlooker: Worker): Promise<Row> {
  await pause(QUIET_MS);
  const before = await server.look();
  const start = performance.now();
  const { outcome, p99 } = await attackBeside(attack, attacker, onlooker);
  const after = await server.look();
  return {
    name: attack.name,
    tookMs: performance.now() - start,
    outcome,
    isExpected: attack.expected.test(outcome),
    cpuMs: after.cpuMs - before.cpuMs,
    p99,
  };
}

/** Attacks while the onlooker asks: what the attacker was answered, and the 99th percentile of the onlooker's times in ms. */
async function attackBeside(
  attack: Attack,
  attacker: Client,
  onlooker: Worker,
): Promise<{ readonly outcome: string; readonly p99: number }> {
  // The question that waited for a look at the server is answered, and does not count.
  await pause(100);
  await timesOf(onlooker);
  const outcome = await attack.run(attacker).catch((error: unknown) => `failed: ${String(error)}`);
  // At least one question is answered after the attack has reached the server.
  await pause(100);
  const times = await timesOf(onlooker);
  return { outcome, p99: times.length === 0 ? Infinity : percentile(times, 99) };
}

async function timesOf(onlooker: Worker): Promise<readonly number[]> {
  const answer = once(onlooker, 'message');
  onlooker.postMessage('times');
  const [times] = (await answer) as [readonly number[]];
  return times;
}

async function fill(editor: Client, writes: number): Promise<void> {
  const tally = new Tally();
  const { position } = await seed(editor);
  const load = new LedgerLoad(editor, editor, tally, position);
  let left = writes;
  await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      while (left-- > 0) await load.write();
    }),
  );
  if (tally.unexpectedCount > 0) throw new Error(tally.unexpectedLines.join('\n'));
}

/** Whether every attack was answered as expected, and held up nobody for longer than the bound. */
function print(rows: readonly Row[], p99sOnBareNode: readonly number[]): boolean {
  const columns = [
    { title: 'attack' },
    { title: 'refused with' },
    { title: 'CPU ms', align: 'right' },
    { title: "others' p99 ms", align: 'right' },
    { title: 'of Node alone', align: 'right' },
    { title: '' },
  ] as const;
  const isGood = ({ isExpected, p99 }: Row): boolean => isExpected && p99 <= OTHERS_P99_MS;
  const lines = rows.map((row, index) => [
    row.name,
    row.outcome,
    row.cpuMs.toFixed(0),
    row.p99.toFixed(1),
    p99sOnBareNode[index]?.toFixed(1) ?? '',
    isGood(row) ? '' : row.isExpected ? 'SLOW' : 'UNEXPECTED',
  ]);
  process.stdout.write(table(columns, lines));
  return rows.every(isGood);
}

main().then(
  (isGood) => process.exit(isGood ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
