import autocannon from 'autocannon';
import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const CONNECTIONS = 32;
const BODIES_PER_CONNECTION = 100;
/** Long enough for a machine that does much else: what is measured is the CPU time. */
const LONGEST_S = 120;
/** How often autocannon looks whether an amount of requests is answered; by default once in a second. */
const LOOK_EVERY_MS = 20;
/** The flags of `npm start`. */
const NODE_OPTIONS = ['--max-semi-space-size=64'];

export interface Target {
  readonly process: ChildProcess;
  readonly address: string;
  readonly token: string;
  /** Of the callers of hundred-departments.ts, by their names. */
  readonly tokens: Readonly<Record<string, string>>;
}

export interface Request {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** A server, and its requests, in any order. */
export interface Case {
  readonly target: Target;
  readonly requests: readonly Request[];
}

/** Of a case, what its load needs. */
export interface LoadCase extends Pick<Case, 'requests'> {
  readonly target: Pick<Target, 'address' | 'token'>;
}

/** A server in a separate process, which ends with this one (http-server.ts). */
export function start(...kind: readonly string[]): Promise<Target> {
  const child = fork(path.join(__dirname, 'http-server.js'), kind, { execArgv: NODE_OPTIONS });
  return new Promise((resolve, reject) => {
    child.once('message', (message) => {
      resolve({ process: child, ...(message as Omit<Target, 'process'>) });
    });
    child.once('exit', (code) => {
      reject(new Error(`the ${kind.join(' ')} server ended with ${String(code)}`));
    });
  });
}

/** Resolves after it has ended, with all its connections. */
export async function stop({ process: child }: Target): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
}

/** The CPU time of a server so far, in milliseconds. */
export async function cpuMsOfServer({ process: child }: Target): Promise<number> {
  const answered = once(child, 'message') as Promise<[number]>;
  child.send('cpu');
  return (await answered)[0];
}

/** The CPU time that a server takes for a request, whatever else runs on the machine. In microseconds. */
export async function cpuMicrosOfRequest(each: Case, amount: number): Promise<number> {
  const before = await cpuMsOfServer(each.target);
  await load(each, { amount, connections: Math.min(CONNECTIONS, amount) });
  return (((await cpuMsOfServer(each.target)) - before) * 1_000) / amount;
}

/** The answer to one request. */
export async function ask({ address, token }: Target, request: Request): Promise<any> {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(request),
  });
  const answer = (await response.json()) as { readonly data?: unknown; readonly errors?: unknown };
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}

/** Requests per second of each case. In each round, the cases take turns. */
export async function ratesOf<Name extends string>(
  cases: Readonly<Record<Name, Case>>,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<Record<Name, number>[]> {
  const measured: Record<Name, number>[] = [];
  for (let round = -1; round < rounds; round++) {
    const rates = {} as Record<Name, number>;
    for (const [name, each] of Object.entries<Case>(cases))
      rates[name as Name] = await load(each, { duration: seconds });
    // The first round is a warm-up.
    if (round >= 0) measured.push(rates);
  }
  return measured;
}

/** Sends requests for a number of seconds, or this many. Returns the requests per second. */
export async function load(
  { target: { address, token }, requests }: LoadCase,
  size: ({ readonly duration: number } | { readonly amount: number }) & { readonly connections?: number },
): Promise<number> {
  const bodies = requests.map((request) => JSON.stringify(request));
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const result = await autocannon({
    url: `${address}/graphql`,
    connections: CONNECTIONS,
    timeout: LONGEST_S,
    ...('amount' in size && { sampleInt: LOOK_EVERY_MS }),
    ...size,
    method: 'POST',
    headers,
    body: bodies[0],
    // All cases use the same code, with one body or many, so that the load generator costs the same.
    setupClient: (client) => {
      client.setRequests(
        Array.from({ length: BODIES_PER_CONNECTION }, () => ({
          method: 'POST' as const,
          headers,
          body: bodies[Math.floor(Math.random() * bodies.length)],
        })),
      );
    },
    verifyBody: (body) => body?.includes('"errors"') === false,
  });
  if (result.non2xx > 0 || result.errors > 0 || result.mismatches > 0) {
    throw new Error(`${result.non2xx + result.errors + result.mismatches} requests failed: ${requests[0]!.query}`);
  }
  return result.requests.total / result.duration;
}
