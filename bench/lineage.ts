import { benchLedger, BenchLedger } from './bench-ledger';
import { ask, ratesOf, start, stop } from './http-load';
import { inTurns, median, medianRatio, ratio, Report } from './measure';
import { DIFF_LONG, KNOWN_SERIES_LONG, LONG_HISTORY, READ_LONG, SERIES_LONG } from './questions';
import * as seed from './seed';

const DEPARTMENTS = { small: 5, large: 50 } as const;

const DIFF = `query($from: AsOfInput!, $filter: ChangeFilter) {
  diff(from: $from, filter: $filter, first: 50) { nodes { entityType entity fields { path before after } } }
}`;

/** Lineage: over HTTP, a diff and a series of a long history; in process, a diff next to a ledger that grows. */
export const lineage = async (): Promise<Report> => [...(await overHttp()), ...(await besideGrowth())];

async function overHttp(): Promise<Report> {
  const target = await start('history');
  const { nodes } = (await ask(target, DIFF_LONG[0]!)).diff;
  const { length } = (await ask(target, SERIES_LONG[0]!)).budget.series;
  if (nodes.length !== 1 || length !== 12)
    throw new Error(`${nodes.length} entities and ${length} points are not the whole`);
  const rounds = await ratesOf(
    {
      read: { target, requests: READ_LONG },
      diff: { target, requests: DIFF_LONG },
      series: { target, requests: SERIES_LONG },
      known: { target, requests: KNOWN_SERIES_LONG },
    },
    { rounds: 7, seconds: 1 },
  );
  await stop(target);
  const changes = LONG_HISTORY.toLocaleString('en');
  return [
    { what: `a read as of on ${changes} changes`, value: median(rounds.map(({ read }) => read)), unit: 'req/s' },
    medianRatio('what a diff of that entity costs, to the read', rounds, ['read', 'diff'], { atMost: 5 }),
    medianRatio('a series of 12 points, to the read', rounds, ['read', 'series'], { atMost: 4 }),
    medianRatio('a series of 12 known moments, to the read', rounds, ['read', 'known'], { atMost: 4 }),
  ];
}

async function besideGrowth(): Promise<Report> {
  const [small, large] = await Promise.all([departments(DEPARTMENTS.small), departments(DEPARTMENTS.large)]);
  try {
    const ofYear = await inTurns(
      { small: await departmentYear(small), large: await departmentYear(large) },
      { rounds: 15, calls: 30 },
    );
    return [
      { what: 'diff of a department-year, in process', value: ofYear.small, unit: 'µs' },
      ratio('the same next to a ledger of ten times the size', ofYear.large, ofYear.small, { atMost: 1.3 }),
    ];
  } finally {
    await Promise.all([small, large].map((ledger) => ledger.close()));
  }
}

const departments = (count: number): Promise<BenchLedger> =>
  benchLedger(async (log) => {
    for (let index = 0; index < count; index++) {
      const code = `D${index}`;
      await seed.department(log, code);
      await seed.budget(log, code, 200);
      await seed.task(log, code, `${code}-T`, 100);
      await seed.indicator(log, code, `${code}-I`, 100);
    }
  });

/** The year of the first department, from the middle of its own history to now. */
async function departmentYear(ledger: BenchLedger): Promise<() => Promise<unknown>> {
  const { budget } = await ledger.ask(
    '{ budget(department: "D0", fiscalYear: 2023) { history(first: 100) { pageInfo { endCursor } } } }',
  );
  const from = { position: budget.history.pageInfo.endCursor as string };
  return () => ledger.ask(DIFF, { from, filter: { departments: ['D0'], fiscalYears: [2023] } });
}
