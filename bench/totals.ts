import { benchLedger, BenchLedger } from './bench-ledger';
import { cpuMsOf, longestTurnOf, median, inTurns, ratio, Report } from './measure';
import * as seed from './seed';

const BUDGETS = 500;
const CHANGES = 200;
const LINES = 10;

const FIELDS = 'keys budgets revised executed executionRate';
const TOTALS = `totals(fiscalYear: 2023, by: [DEPARTMENT, FUND_SOURCE]) { ${FIELDS} }`;
const BUDGET = 'budget(department: "D0", fiscalYear: 2023) { revised executed executionRate }';
const EFFECTIVE = (fields: string) =>
  `query($at: Moment!, $position: Position) { asOf(at: { effectiveAt: $at, position: $position }) { ${fields} } }`;

/** Sums over 500 budgets of 200 changes each, by department and fund source, in process. */
export async function totals(): Promise<Report> {
  const cold: number[] = [];
  const ledger = await departments(CHANGES);
  const short = await departments(CHANGES / 10);
  try {
    await requireWholeAnswer(ledger);
    for (let round = 0; round < 5; round++) {
      ledger.services.records.forget();
      cold.push(await cpuMsOf(() => ledger.ask(EFFECTIVE(TOTALS), { at: month(round) })));
    }
    let day = 0;
    const next = () => ({ at: month(day++) });
    const warm = await inTurns(
      {
        totals: () => ledger.ask(`{ ${TOTALS} }`),
        short: () => short.ask(`{ ${TOTALS} }`),
        effective: () => ledger.ask(EFFECTIVE(TOTALS), next()),
        budget: () => ledger.ask(`{ ${BUDGET} }`),
        budgetEffective: () => ledger.ask(EFFECTIVE(BUDGET), next()),
      },
      { rounds: 9, calls: 10 },
    );
    const turns: number[] = [];
    for (let round = 0; round < 5; round++) {
      ledger.services.records.forget();
      turns.push(await longestTurnOf(() => ledger.ask(EFFECTIVE(TOTALS), { at: month(round) })));
    }
    const present = await medianCpuMs(() => ledger.ask(`{ ${TOTALS} }`));
    const effective = await medianCpuMs(() => ledger.ask(EFFECTIVE(TOTALS), next()));
    return [
      {
        what: `sums over ${BUDGETS} budgets of ${CHANGES} changes (CPU time)`,
        value: present,
        unit: 'ms',
        bound: { atMost: 15 },
      },
      { what: 'the same with effectiveAt, warm (CPU time)', value: effective, unit: 'ms', bound: { atMost: 60 } },
      { what: 'the same with effectiveAt, cold (CPU time)', value: median(cold), unit: 'ms', bound: { atMost: 600 } },
      {
        what: 'the longest turn of the event loop meanwhile, CPU time',
        value: median(turns),
        unit: 'ms',
        bound: { atMost: 10 },
      },
      { what: 'the read of one of the budgets', value: warm.budget, unit: 'µs' },
      ratio('the sums, to that read', warm.totals, warm.budget, undefined),
      ratio('both with effectiveAt, warm', warm.effective, warm.budgetEffective, undefined),
      ratio('the sums, to those over budgets with a tenth of the changes', warm.totals, warm.short, { atMost: 1.3 }),
    ];
  } finally {
    await Promise.all([ledger.close(), short.close()]);
  }
}

const departments = (changes: number): Promise<BenchLedger> =>
  benchLedger(async (log) => {
    for (let index = 0; index < BUDGETS; index++) {
      await seed.department(log, `D${index}`);
      await seed.budget(log, `D${index}`, changes, LINES);
    }
  });

const month = (index: number): string => `2023-${String(1 + (index % 12)).padStart(2, '0')}-15`;

async function requireWholeAnswer(ledger: BenchLedger): Promise<void> {
  const { totals } = await ledger.ask(`{ ${TOTALS} }`);
  if (totals.length !== BUDGETS * seed.SOURCES.length) throw new Error(`${totals.length} rows are not the whole`);
}

async function medianCpuMs(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 41; round++) times.push(await cpuMsOf(run));
  return median(times);
}
