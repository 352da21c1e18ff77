import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openSqliteEventStore } from '../src/event-store/adapters/sqlite/sqlite-event-store';
import { EventStore } from '../src/event-store/event-store';
import { temporaryFolder } from '../tests/support/temporary-folder';
import { median, percentile, Report } from './measure';
import * as seed from './seed';
import { ServerProcess, startServerProcess } from './soak/server-process';

/** One department: itself, a budget, five tasks and five indicators. */
const EVENTS_OF_DEPARTMENT = 2_012;
/** This many departments record at the same time: the changes of an entity are spread over a part of the log. */
const DEPARTMENTS_AT_ONCE = 50;
const EVENTS_PER_APPEND = 10;
const STARTS = 5;
const QUESTIONS = 3_000;
const MB = 1024 * 1024;

/** A ledger in one file with its read models in another, as the server of the default configuration has it. */
export async function embeddedLarge(events: number): Promise<Report> {
  const [empty, large] = [temporaryFolder(), temporaryFolder()];
  try {
    const departments = Math.max(1, Math.round(events / EVENTS_OF_DEPARTMENT));
    const generated = await timed(() => generate(large.path, departments));
    const written = generated.value;
    await stop((await start(empty.path)).server);
    const emptyStarts = await starts(empty.path);
    const first = await start(large.path);
    await stop(first.server);
    const largeStarts = await starts(large.path);
    const { server } = await start(large.path);
    const latencies = await ask(server, { departments, head: written });
    const afterQuestions = rssOf(server);
    process.kill(server.pid, 'SIGKILL');
    await server.stop();
    const afterKill = await start(large.path);
    await stop(afterKill.server);
    const backup = await timed(() => {
      backUp(large.path);
      return Promise.resolve();
    });
    const extraMs = median(largeStarts.map(({ ms }) => ms)) - median(emptyStarts.map(({ ms }) => ms));
    const extraCpu = median(largeStarts.map(({ cpuMs }) => cpuMs)) - median(emptyStarts.map(({ cpuMs }) => cpuMs));
    const buildingCpu = first.cpuMs - median(emptyStarts.map(({ cpuMs }) => cpuMs));
    const extraMb = median(largeStarts.map(({ rss }) => rss)) - median(emptyStarts.map(({ rss }) => rss));
    return [
      { what: 'events in the log', value: written, unit: 'events' },
      { what: 'appended in batches', value: written / generated.seconds, unit: 'events/s' },
      { what: 'read models built, start of the process included', value: written / (first.ms / 1_000), unit: 'events/s', bound: { atLeast: 20_000 } }, // prettier-ignore
      { what: 'the same, CPU time of all threads', value: (buildingCpu * 1_000) / written, unit: 'µs/event' },
      { what: 'start until ready on an empty ledger', value: median(emptyStarts.map(({ ms }) => ms)), unit: 'ms' },
      { what: 'start until ready on this ledger', value: median(largeStarts.map(({ ms }) => ms)), unit: 'ms' },
      { what: 'the difference', value: extraMs, unit: 'ms', bound: { atMost: 500 } },
      { what: 'the difference, CPU time of all threads', value: extraCpu, unit: 'ms' },
      { what: 'the same after kill -9', value: afterKill.ms - median(emptyStarts.map(({ ms }) => ms)), unit: 'ms', bound: { atMost: 500 } }, // prettier-ignore
      {
        what: 'RSS at the start on an empty ledger',
        value: median(emptyStarts.map(({ rss }) => rss)) / MB,
        unit: 'MB',
      },
      { what: 'RSS at the start on this ledger', value: median(largeStarts.map(({ rss }) => rss)) / MB, unit: 'MB' },
      { what: 'the difference', value: extraMb / MB, unit: 'MB', bound: { atMost: 120 } },
      { what: `RSS after ${QUESTIONS} questions`, value: afterQuestions / MB, unit: 'MB' },
      { what: 'one entity as of any moment, p50', value: percentile(latencies, 50), unit: 'ms' },
      { what: 'one entity as of any moment, p99', value: percentile(latencies, 99), unit: 'ms' },
      { what: 'the log', value: sizeOf(large.path, 'ledger.db') / MB, unit: 'MB' },
      { what: 'the read models', value: sizeOf(large.path, 'read-models.db') / MB, unit: 'MB' },
      { what: 'backup of the log, checked', value: backup.seconds, unit: 's' },
    ];
  } finally {
    empty.remove();
    large.remove();
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly seconds: number }> {
  const begun = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - begun) / 1_000 };
}

/** Returns the number of events. */
async function generate(folder: string, departments: number): Promise<number> {
  const log = openSqliteEventStore({ path: join(folder, 'ledger.db'), prefix: 'mingjian-' });
  try {
    for (let from = 0; from < departments; from += DEPARTMENTS_AT_ONCE) {
      const count = Math.min(DEPARTMENTS_AT_ONCE, departments - from);
      await Promise.all(Array.from({ length: count }, (_, index) => oneDepartment(log, `D${from + index}`)));
      process.stderr.write(`\r${Math.round(((from + count) / departments) * 100)} % of the events appended`);
    }
    process.stderr.write('\n');
    return Number(await log.head());
  } finally {
    await log.close();
  }
}

async function oneDepartment(log: EventStore, code: string): Promise<void> {
  await seed.department(log, code);
  const parts = Array.from({ length: 5 }, (_, index) => index);
  await Promise.all([
    seed.budget(log, code, 1_000, 1, EVENTS_PER_APPEND),
    ...parts.map((part) => seed.task(log, code, `${code}-T${part}`, 100, EVENTS_PER_APPEND)),
    ...parts.map((part) => seed.indicator(log, code, `${code}-I${part}`, 100, EVENTS_PER_APPEND)),
  ]);
}

interface Start {
  readonly server: ServerProcess;
  /** From nothing until it is ready. */
  readonly ms: number;
  /** The CPU time until then. */
  readonly cpuMs: number;
  readonly rss: number;
}

async function start(folder: string): Promise<Start> {
  const begun = performance.now();
  const server = await startServerProcess({ DATA_DIR: folder, READ_MODELS: 'sqlite', READ_LOG: 'off' });
  while (!(await fetch(`${server.address}/health/ready`)).ok)
    await pause(Math.max(5, (performance.now() - begun) / 50));
  return { server, ms: performance.now() - begun, cpuMs: cpuMsOf(server), rss: rssOf(server) };
}

async function starts(folder: string): Promise<readonly Start[]> {
  const all: Start[] = [];
  while (all.length < STARTS) {
    const one = await start(folder);
    await stop(one.server);
    all.push(one);
  }
  return all;
}

async function stop(server: ServerProcess): Promise<void> {
  if ((await server.stop()) !== 0) throw new Error(`the server failed: ${server.complaints.join('\n')}`);
}

function rssOf({ pid }: ServerProcess): number {
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) * 1_024;
}

const MS_PER_TICK = 10;

/** Of a process on Linux, threads included. */
export function cpuMsOf({ pid }: Pick<ServerProcess, 'pid'>): number {
  const [, user, system] = /^\d+ \(.*\)(?: \S+){11} (\d+) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
  return (Number(user) + Number(system)) * MS_PER_TICK;
}

const TASK = `query($code: ID!, $at: Position!) { asOf(at: { position: $at }) { task(code: $code) { code title status progress revision } } }`;

/** One question after the other, each of another entity and moment. Returns how many milliseconds each took. */
async function ask(
  server: ServerProcess,
  { departments, head }: { readonly departments: number; readonly head: number },
): Promise<readonly number[]> {
  const authorization = `Bearer ${await server.token('bench', ['auditor'])}`;
  const taken: number[] = [];
  for (let question = 0; question < QUESTIONS; question++) {
    const code = `D${(question * 7_919) % departments}-T${question % 5}`;
    const at = String(1 + ((question * 104_729) % head));
    const begun = performance.now();
    const response = await fetch(`${server.address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ query: TASK, variables: { code, at } }),
    });
    const { errors } = (await response.json()) as { readonly errors?: unknown };
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    taken.push(performance.now() - begun);
  }
  return taken;
}

/** With the command line, as an operator does it. */
function backUp(folder: string): void {
  const cli = join(__dirname, '../src/cli/main.js');
  const { status, stderr } = spawnSync(process.execPath, [cli, 'backup', join(folder, 'backup.db')], {
    env: { PATH: process.env.PATH, DATA_DIR: folder },
  });
  if (status !== 0) throw new Error(`the backup failed: ${String(stderr)}`);
}

const sizeOf = (folder: string, name: string): number => statSync(join(folder, name)).size;
