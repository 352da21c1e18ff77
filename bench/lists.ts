import { benchLedger } from './bench-ledger';
import { onRedis } from './engines';
import { inTurns, longestTurnOf, median, ratio, Report } from './measure';
import * as seed from './seed';

const TASKS = 10_000;
const BY_CODE = '{ tasks(first: 50) { nodes { code } } }';
const SORTED = '{ tasks(first: 50, orderBy: { field: PROGRESS, direction: DESC }) { nodes { code } } }';
const SEARCHED = '{ tasks(first: 50, search: "任务 T99") { nodes { code } } }';
const COUNTED = '{ tasks(first: 1, fiscalYear: 2023) { totalCount } }';
const effective = (query: string) => `query($at: Moment!) { asOf(at: { effectiveAt: $at }) ${query} }`;
const AT = { at: '2023-06-30' };

const REPORT =
  'mutation($code: ID!) { reportTaskProgress(input: { code: $code, progress: "50", effectiveAt: "2023-06-01" }) { position } }';
const REGISTER = 'mutation($code: ID!) { registerDepartment(input: { code: $code, name: "另一部门" }) { position } }';

/** Lists of 10,000 tasks that have to be read as a whole. Cold: no row of the list is known. */
export const lists = (): Promise<Report> => measured({ cold: 150, effectiveCold: 600 });

export const redisLists = (): Promise<Report> =>
  onRedis(({ url }) => measured({ cold: 600, effectiveCold: 4_000 }, `${url}/0`));

async function measured(
  atMost: { readonly cold: number; readonly effectiveCold: number },
  redisUrl?: string,
): Promise<Report> {
  const ledger = await benchLedger(
    async (log) => {
      await seed.department(log, 'D');
      for (let index = 0; index < TASKS; index++) await seed.task(log, 'D', `T${index}`, 2);
    },
    { redisUrl },
  );
  const { lists: rows, records } = ledger.services;
  const cold = (query: string, variables = {}) =>
    medianOf(7, async () => {
      rows.forget();
      records.forget();
      return timed(() => ledger.ask(query, variables));
    });
  const after = (write: (round: number) => Promise<unknown>) =>
    medianOf(9, async (round) => {
      await write(round);
      return timed(() => ledger.ask(SORTED));
    });

  const sortedCold = await cold(SORTED);
  const effectiveCold = await cold(effective(SORTED), AT);
  const longestTurn = await medianOf(7, () => {
    rows.forget();
    return longestTurnOf(() => ledger.ask(SORTED));
  });
  await ledger.ask(SORTED);
  const elsewhere = await after((round) => ledger.ask(REGISTER, { code: `E${round}` }));
  const within = await after((round) => ledger.ask(REPORT, { code: `T${round}` }));
  const warm = await inTurns(
    {
      byCode: () => ledger.ask(BY_CODE),
      sorted: () => ledger.ask(SORTED),
      searched: () => ledger.ask(SEARCHED),
      counted: () => ledger.ask(COUNTED),
      byCodeThen: () => ledger.ask(effective(BY_CODE), AT),
      sortedThen: () => ledger.ask(effective(SORTED), AT),
    },
    { rounds: 9, calls: 20 },
  );
  await ledger.close();
  return [
    { what: 'a page of 10,000 tasks in code order', value: warm.byCode, unit: 'µs' },
    { what: 'a page sorted by progress, cold', value: sortedCold, unit: 'ms', bound: { atMost: atMost.cold } },
    {
      what: 'the same as of an effective moment, cold, and no record is folded',
      value: effectiveCold,
      unit: 'ms',
      bound: { atMost: atMost.effectiveCold },
    },
    {
      what: 'the longest turn of the event loop while it is read cold, CPU time',
      value: longestTurn,
      unit: 'ms',
      bound: { atMost: 10 },
    },
    ratio('a page sorted by progress, warm, to one in code order', warm.sorted, warm.byCode, { atMost: 3 }),
    ratio('the same two as of an effective moment', warm.sortedThen, warm.byCodeThen, { atMost: 3 }),
    { what: 'a page sorted by progress, after a write to something else', value: elsewhere, unit: 'ms' },
    { what: 'the same, after a write to one of the tasks', value: within, unit: 'ms' },
    { what: 'a search of titles, warm', value: warm.searched / 1000, unit: 'ms' },
    { what: 'totalCount of a list with a condition, warm', value: warm.counted / 1000, unit: 'ms' },
  ];
}

async function medianOf(rounds: number, run: (round: number) => Promise<number>): Promise<number> {
  const times: number[] = [];
  // The first rounds are a warm-up.
  for (let round = -2; round < rounds; round++) {
    const time = await run(round + 2);
    if (round >= 0) times.push(time);
  }
  return median(times);
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
