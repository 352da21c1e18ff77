import { parsePrincipal } from '../src/auth/principal';
import { feed } from '../src/change-feed/feed';
import { ChangeFilter } from '../src/change-feed/filter';
import { RequestContext } from '../src/graphql/context';
import { BenchLedger, benchLedger } from './bench-ledger';
import { ask, Case, cpuMicrosOfRequest, start, stop } from './http-load';
import {
  CHANGES_OF_THREE,
  CLAIMS,
  DEPARTMENTS,
  HOME,
  hundredDepartments,
  TASKS_OF_EACH,
  THREE,
} from './hundred-departments';
import { keyedWrites } from './keyed-writes';
import { cpuMsOf, median, medianRatio, Report } from './measure';

const ROUNDS = 15;

/** CPU time of one case in a round: short, so that the machine is the same for the cases of a round. */
const TURN_MICROS = 100_000;
/** CPU time until a server is warm: before, a request takes several times as long. */
const WARM_UP_MICROS = 4_000_000;
const REQUESTS = { fewest: 2, most: 2_000 };

/** Of the same reads: whose token says nothing of departments, whose token has `*`, and who reads three departments of 100. */
type Caller = keyof typeof CLAIMS;
const NAMES = Object.keys(CLAIMS) as Caller[];

const FIELDS = '{ nodes { code title status progress fiscalYear dueOn revision } }';
const OF_THREE = JSON.stringify(THREE);

/** Questions that all of them ask, with the same answer. */
const READS: Readonly<Record<string, (caller: Caller) => string>> = {
  'one task': () => `{ task(code: "${HOME}-T1") { code title status progress revision } }`,
  'one budget as of a moment': () =>
    `{ asOf(at: { position: "9000" }) { budget(department: "${HOME}", fiscalYear: 2023) { revised executed } } }`,
  'the tasks of a department': () => `{ tasks(department: "${HOME}", first: ${TASKS_OF_EACH}) ${FIELDS} }`,
  'a sum': () =>
    `{ totals(fiscalYear: 2023, filter: { departments: ${OF_THREE} }, by: [DEPARTMENT]) { keys executed } }`,
  'a page of changes': (caller) =>
    `{ changes(after: "0", first: 50, filter: {${caller === 'three' ? '' : `departments: ${OF_THREE}`}}) { nodes { position type entity } } }`,
};

/** What reading by department costs, as CPU time, in interleaved rounds: of a server for each request, and of a feed in process. */
export async function scopes(): Promise<Report> {
  return [...(await reads()), ...(await feeds()), ...(await keyedWrites())];
}

async function reads(): Promise<Report> {
  const server = await start('departments');
  try {
    const token = (caller: Caller): string => server.tokens[caller]!;
    const report: Report[] = [];
    for (const [what, query] of Object.entries(READS)) {
      const caseOf = (caller: Caller): Case => ({
        target: { ...server, token: token(caller) },
        requests: [{ query: query(caller) }],
      });
      await requireOneAnswer(NAMES.map(caseOf));
      const amount = await amountIn(caseOf('unlimited'));
      report.push(await compared(what, (caller) => cpuMicrosOfRequest(caseOf(caller), amount)));
    }
    return report.flat();
  } finally {
    await stop(server);
  }
}

/** How many requests take as long as a turn, once the server is warm. */
async function amountIn(each: Case): Promise<number> {
  let amount = REQUESTS.fewest;
  for (let spent = 0; spent < WARM_UP_MICROS;) {
    const micros = await cpuMicrosOfRequest(each, amount);
    spent += micros * amount;
    amount = Math.min(REQUESTS.most, Math.max(REQUESTS.fewest, Math.round(TURN_MICROS / micros)));
  }
  return amount;
}

async function feeds(): Promise<Report> {
  const ledger = await benchLedger(hundredDepartments);
  try {
    const readAll = (caller: Caller) => cpuMsOf(() => readFeed(ledger, caller));
    return await compared('the feed from the start', async (caller) => (await readAll(caller)) * 1_000);
  } finally {
    await ledger.close();
  }
}

async function compared(what: string, micros: (caller: Caller) => Promise<number>): Promise<Report> {
  const rounds: Record<Caller, number>[] = [];
  for (let round = -3; round < ROUNDS; round++) {
    const times = {} as Record<Caller, number>;
    // Each goes first equally often.
    const turns = NAMES.map((_, index) => NAMES[(index + round + 3) % NAMES.length]!);
    for (const caller of turns) times[caller] = await micros(caller);
    // The first rounds are a warm-up.
    if (round >= 0) rounds.push(times);
  }
  return [
    { what: `${what}, without a limit`, value: median(rounds.map(({ unlimited }) => unlimited)), unit: 'µs CPU' },
    medianRatio(`${what}, with *, to that`, rounds, ['all', 'unlimited'], { atMost: 1.05 }),
    medianRatio(`${what}, with three departments of ${DEPARTMENTS}, to that`, rounds, ['three', 'unlimited'], {
      atMost: 1.2,
    }),
  ];
}

async function requireOneAnswer(cases: readonly Case[]): Promise<void> {
  const answers = await Promise.all(cases.map(({ target, requests }) => ask(target, requests[0]!)));
  const [first, ...others] = answers.map((answer) => JSON.stringify(answer));
  if (first!.length < 30 || others.some((other) => other !== first))
    throw new Error(`The answers differ: ${cases[0]!.requests[0]!.query}`);
}

/** The changes of the three departments from the start to the present, through the loop of a subscription. */
async function readFeed({ services: shared }: BenchLedger, caller: Caller): Promise<void> {
  const { services } = new RequestContext(shared, {
    principal: parsePrincipal(CLAIMS[caller])!,
    correlationId: 'bench',
  });
  const { store, calendar, visibility } = services;
  const { live, progressMs, draining: signal } = services.feed;
  const filter: ChangeFilter = caller === 'three' ? {} : { departments: THREE };
  const present = (await store.watermark())!;
  let changes = 0;
  const items = feed({
    store,
    live,
    calendar,
    filter,
    shows: (change) => visibility?.showsChange(change) ?? true,
    present,
    after: 0n,
    progressMs,
    signal,
  });
  for await (const { kind } of items) {
    if (kind === 'CAUGHT_UP') break;
    if (kind === 'CHANGE') changes++;
  }
  const expected = CHANGES_OF_THREE;
  if (changes !== expected) throw new Error(`${changes} changes are not ${expected}`);
}
