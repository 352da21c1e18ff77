import { parsePrincipal, Principal } from '../src/auth/principal';
import { feed } from '../src/change-feed/feed';
import { ChangeFilter } from '../src/change-feed/filter';
import { RequestContext } from '../src/graphql/context';
import { BenchLedger, benchLedger } from './bench-ledger';
import { keyedWrites } from './keyed-writes';
import { cpuMsOf, median, medianRatio, Report } from './measure';
import * as seed from './seed';

const DEPARTMENTS = 100;
const OF_EACH = 20;
const ROUNDS = 41;
/** Spread over the codes, which are in the order of the departments. */
const THREE = [17, 50, 83].map(codeOf);
const HOME = THREE[1]!;

function codeOf(index: number): string {
  return `D${String(index).padStart(3, '0')}`;
}

const auditor = (claims: object): Principal => parsePrincipal({ sub: 'bench', roles: ['auditor'], ...claims })!;

/** Of the same reads: whose token says nothing of departments, whose token has `*`, and who reads three departments of 100. */
const CALLERS = {
  unlimited: auditor({}),
  all: auditor({ readDepartments: '*' }),
  three: auditor({ readDepartments: THREE }),
};
type Caller = keyof typeof CALLERS;
const NAMES = Object.keys(CALLERS) as Caller[];

const FIELDS = '{ nodes { code title status progress fiscalYear dueOn revision } }';
const OF_THREE = JSON.stringify(THREE);

/** Questions that all of them ask, with the same answer. `calls` are so many that a case takes some milliseconds. */
const READS: readonly { readonly what: string; readonly calls: number; readonly query: (caller: Caller) => string }[] =
  [
    {
      what: 'one task',
      calls: 200,
      query: () => `{ task(code: "${HOME}-T1") { code title status progress revision } }`,
    },
    {
      what: 'one budget as of a moment',
      calls: 100,
      query: () =>
        `{ asOf(at: { position: "9000" }) { budget(department: "${HOME}", fiscalYear: 2023) { revised executed } } }`,
    },
    {
      what: 'the tasks of a department',
      calls: 30,
      query: () => `{ tasks(department: "${HOME}", first: ${OF_EACH}) ${FIELDS} }`,
    },
    {
      what: 'a sum',
      calls: 30,
      query: () =>
        `{ totals(fiscalYear: 2023, filter: { departments: ${OF_THREE} }, by: [DEPARTMENT]) { keys executed } }`,
    },
    {
      what: 'a page of changes',
      calls: 4,
      query: (caller) =>
        `{ changes(after: "0", first: 50, filter: {${caller === 'three' ? '' : `departments: ${OF_THREE}`}}) { nodes { position type entity } } }`,
    },
  ];

/** What reading by department costs, as CPU time in process, in interleaved rounds. */
export async function scopes(): Promise<Report> {
  const ledger = await benchLedger(hundredDepartments);
  try {
    const report: Report[] = [];
    for (const { what, calls, query } of READS) {
      await requireOneAnswer(ledger, query);
      const ask = (caller: Caller) => ledger.ask(query(caller), {}, CALLERS[caller]);
      report.push(await compared(what, calls, ask));
    }
    report.push(await compared('the feed from the start', 1, (caller) => readFeed(ledger, caller)));
    return [...report.flat(), ...(await keyedWrites())];
  } finally {
    await ledger.close();
  }
}

async function hundredDepartments(log: Parameters<typeof seed.department>[0]): Promise<void> {
  for (let index = 0; index < DEPARTMENTS; index++) {
    const code = codeOf(index);
    await seed.department(log, code);
    await seed.budget(log, code, 50);
    for (let task = 0; task < OF_EACH; task++) await seed.task(log, code, `${code}-T${task}`, 5);
  }
}

async function compared(what: string, calls: number, run: (caller: Caller) => Promise<unknown>): Promise<Report> {
  const rounds: Record<Caller, number>[] = [];
  for (let round = -3; round < ROUNDS; round++) {
    const times = {} as Record<Caller, number>;
    // Each goes first equally often.
    const turns = NAMES.map((_, index) => NAMES[(index + round + 3) % NAMES.length]!);
    for (const caller of turns) {
      times[caller] = await cpuMsOf(async () => {
        for (let call = 0; call < calls; call++) await run(caller);
      });
    }
    // The first rounds are a warm-up.
    if (round >= 0) rounds.push(times);
  }
  return [
    {
      what: `${what}, without a limit (CPU time)`,
      value: median(rounds.map(({ unlimited }) => (unlimited * 1_000) / calls)),
      unit: 'µs',
    },
    medianRatio(`${what}, with *, to that`, rounds, ['all', 'unlimited'], { atMost: 1.05 }),
    medianRatio(`${what}, with three departments of ${DEPARTMENTS}, to that`, rounds, ['three', 'unlimited'], {
      atMost: 1.2,
    }),
  ];
}

async function requireOneAnswer(ledger: BenchLedger, query: (caller: Caller) => string): Promise<void> {
  const answers = await Promise.all(NAMES.map((caller) => ledger.ask(query(caller), {}, CALLERS[caller])));
  const [first, ...others] = answers.map((answer) => JSON.stringify(answer));
  if (first!.length < 30 || others.some((other) => other !== first))
    throw new Error(`The answers differ: ${query('all')}`);
}

/** The changes of the three departments from the start to the present, through the loop of a subscription. */
async function readFeed({ services: shared }: BenchLedger, caller: Caller): Promise<void> {
  const { services } = new RequestContext(shared, { principal: CALLERS[caller], correlationId: 'bench' });
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
  const expected = THREE.length * (1 + 51 + OF_EACH * 6);
  if (changes !== expected) throw new Error(`${changes} changes are not ${expected}`);
}
