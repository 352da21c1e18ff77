import autocannon from 'autocannon';
import { ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { Figure, median } from './measure';

const ROUNDS = 11;
const SECONDS = 2;
const CONNECTIONS = 32;

const TASK = 'task(code: "T") { code title status progress fiscalYear dueOn revision }';
const INDICATORS =
  'indicators(department: "D", first: 50) { nodes { id code name level1 level2 direction unit target completionRate latest { value } } }';
const POSITION = '3000';

const QUERIES = {
  hello: '{ hello }',
  now: `{ ${TASK} }`,
  asOf: `{ asOf(at: { position: "${POSITION}" }) { ${TASK} } }`,
  page: `{ asOf(at: { position: "${POSITION}" }) { ${INDICATORS} } }`,
} as const;
type Query = keyof typeof QUERIES;

/** As `npm start` has them. */
const NODE_OPTIONS = ['--max-semi-space-size=64'];

interface Target {
  readonly process: ChildProcess;
  readonly address: string;
  readonly token: string;
}

/** Requests a second over HTTP, against a bare "hello" on the same integration. Servers on one core, the load on the other. */
export async function http(): Promise<Figure[]> {
  const [hello, ledger] = await Promise.all([start('hello'), start('ledger')]);
  const rounds: Record<Query, number>[] = [];
  for (let round = -1; round < ROUNDS; round++) {
    const rates = {} as Record<Query, number>;
    for (const query of Object.keys(QUERIES) as Query[]) {
      rates[query] = await load(query === 'hello' ? hello : ledger, QUERIES[query]);
    }
    // The first round warms up.
    if (round >= 0) rounds.push(rates);
  }
  hello.process.disconnect();
  ledger.process.disconnect();
  const rate = (query: Query): number => median(rounds.map((round) => round[query]));
  // Ratios are taken within a round: machines drift, and from round to round more than between two queries.
  const ratio = (what: string, a: Query, b: Query, bound: Figure['bound']): Figure => ({
    what,
    value: median(rounds.map((round) => round[a] / round[b])),
    unit: 'x',
    bound,
  });
  return [
    { what: 'bare hello', value: rate('hello'), unit: 'req/s' },
    { what: 'one entity as of', value: rate('asOf'), unit: 'req/s' },
    { what: 'a page of 50 indicators with 10 fields as of', value: rate('page'), unit: 'req/s' },
    ratio('one entity as of, to hello', 'asOf', 'hello', { atLeast: 0.8 }),
    ratio('asking now, to asking as of', 'now', 'asOf', { atMost: 1.1 }),
    ratio('a page of 50 indicators as of, to hello', 'page', 'hello', { atLeast: 0.2 }),
  ];
}

function start(kind: string): Promise<Target> {
  const child = fork(path.join(__dirname, 'http-server.js'), [kind], { execArgv: NODE_OPTIONS });
  return new Promise((resolve, reject) => {
    child.once('message', (message) => {
      resolve({ process: child, ...(message as { address: string; token: string }) });
    });
    child.once('exit', (code) => {
      reject(new Error(`the ${kind} server ended with ${String(code)}`));
    });
  });
}

async function load({ address, token }: Target, query: string): Promise<number> {
  const result = await autocannon({
    url: `${address}/graphql`,
    connections: CONNECTIONS,
    duration: SECONDS,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
    verifyBody: (body) => body?.includes('"errors"') === false,
  });
  if (result.non2xx > 0 || result.errors > 0 || result.mismatches > 0) {
    throw new Error(`${result.non2xx + result.errors + result.mismatches} requests failed: ${query}`);
  }
  return result.requests.average;
}
