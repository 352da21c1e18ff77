import { benchLedger, BenchLedger } from './bench-ledger';
import { Figure, inTurns, ratio } from './measure';
import * as seed from './seed';

const CHANGES = 10_000;
const DEPARTMENTS = { small: 5, large: 50 } as const;

const READ = `query($at: AsOfInput!) { asOf(at: $at) { budget(department: "D0", fiscalYear: 2023) { revised executed remaining } } }`;
const DIFF = `query($from: AsOfInput!, $to: AsOfInput, $filter: ChangeFilter) {
  diff(from: $from, to: $to, filter: $filter, first: 50) { nodes { entityType entity fields { path before after } } }
}`;
const SERIES = `query($at: AsOfInput!) { asOf(at: $at) { budget(department: "D0", fiscalYear: 2023) {
  series(from: "2023-01-01", to: "2023-12-31", step: MONTH) { at revised executed }
} } }`;
const KNOWN_SERIES = SERIES.replace('step: MONTH', 'step: MONTH, clock: KNOWN');

/** Tracing, in process: a diff of a long history, a diff beside a ledger that grows, and a series. */
export async function tracing(): Promise<Figure[]> {
  const long = await benchLedger(async (log) => {
    await seed.department(log, 'D0');
    await seed.budget(log, 'D0', CHANGES);
  });
  const [small, large] = await Promise.all([departments(DEPARTMENTS.small), departments(DEPARTMENTS.large)]);
  try {
    const head = await long.log.head();
    const [at, middle] = [{ position: String(head) }, { position: String(head / 2n) }];
    const ofBudget = { entities: ['D0.2023'] };
    const ofLong = await inTurns(
      {
        read: () => long.ask(READ, { at: middle }),
        diff: () => long.ask(DIFF, { from: middle, to: at, filter: ofBudget }),
        series: () => long.ask(SERIES, { at }),
        known: () => long.ask(KNOWN_SERIES, { at }),
      },
      { rounds: 15, calls: 100 },
    );
    const ofYear = await inTurns(
      { small: await departmentYear(small), large: await departmentYear(large) },
      { rounds: 15, calls: 30 },
    );
    return [
      { what: `a read as of on ${CHANGES.toLocaleString('en')} changes, in process`, value: ofLong.read, unit: 'µs' },
      ratio('diff of that entity, to the read', ofLong.diff, ofLong.read, { atMost: 5 }),
      ratio('a series of 12 points, to the read', ofLong.series, ofLong.read, { atMost: 4 }),
      ratio('a series of 12 known moments, to the read', ofLong.known, ofLong.read, { atMost: 4 }),
      { what: 'diff of a department-year', value: ofYear.small, unit: 'µs' },
      ratio('the same beside ten times the ledger', ofYear.large, ofYear.small, { atMost: 1.3 }),
    ];
  } finally {
    await Promise.all([long, small, large].map((ledger) => ledger.close()));
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

/** The first department's year, from the middle of its own history to now. */
async function departmentYear(ledger: BenchLedger): Promise<() => Promise<unknown>> {
  const { budget } = await ledger.ask(
    '{ budget(department: "D0", fiscalYear: 2023) { history(first: 100) { pageInfo { endCursor } } } }',
  );
  const from = { position: budget.history.pageInfo.endCursor as string };
  return () => ledger.ask(DIFF, { from, filter: { departments: ['D0'], fiscalYears: [2023] } });
}
