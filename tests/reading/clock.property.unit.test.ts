import fc from 'fast-check';
import { formatInstant, LedgerCalendar } from '../../src/kernel/time';
import { TestClock } from '../support/clock';
import { TIME_ZONE } from '../support/ledger';
import { LocalLedger, withLedger } from '../support/local-ledger';
import { PROPERTY_TIMEOUT_MS, runs } from '../support/property';

jest.setTimeout(PROPERTY_TIMEOUT_MS);

const DAYS = 24 * 3_600_000;
const jumps = fc.integer({ min: -20 * DAYS, max: 20 * DAYS });

const BUDGET = 'budget(department: "D1", fiscalYear: 2023)';
const FACTS = 'executed revision';

async function begin(ledger: LocalLedger): Promise<void> {
  await ledger.data(`mutation {
    registerDepartment(input: { code: "D1", name: "数据管理局" }) { projected }
    approveBudget(input: { department: "D1", fiscalYear: 2023, effectiveAt: "2023-01-01", lines: [
      { code: "L1", name: "基本支出", amount: "1000.00", fundSource: GENERAL_PUBLIC_BUDGET }
    ] }) { projected }
  }`);
}

const spend = (ledger: LocalLedger): Promise<unknown> =>
  ledger.data(`mutation {
    recordExpenditure(input: { department: "D1", fiscalYear: 2023, line: "L1", amount: "1.00" }) { projected }
  }`);

/** What each read as of now says that was spent. */
async function spentNow(ledger: LocalLedger): Promise<Readonly<Record<string, string>>> {
  const at = (moments: string) => `asOf(at: { ${moments} }) { ${BUDGET} { ${FACTS} } }`;
  const query = `query($now: Moment!, $today: Moment!) {
    present: ${BUDGET} { ${FACTS} }
    open: ${at('')}
    known: ${at('knownAt: $now')}
    effective: ${at('effectiveAt: $now')}
    both: ${at('knownAt: $now, effectiveAt: $now')}
    today: ${at('knownAt: $today')}
    series: ${BUDGET} {
      known: series(from: $now, to: $now, step: DAY, clock: KNOWN) { executed }
      effective: series(from: $now, to: $now, step: DAY, clock: EFFECTIVE) { executed }
    }
  }`;
  const now = ledger.now();
  const today = new LedgerCalendar(TIME_ZONE).dateOf(now);
  const { present, series, ...moments } = await ledger.data(query, { now: formatInstant(now), today });
  return {
    present: present.executed,
    ...Object.fromEntries(Object.entries<any>(moments).map(([name, { budget }]) => [name, budget.executed])),
    seriesKnown: series.known.at(-1).executed,
    seriesEffective: series.effective.at(-1).executed,
  };
}

test('what was just recorded is in each read as of now, whichever way the clock jumps', async () => {
  const steps = fc.array(fc.record({ before: jumps, after: jumps }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      const start = Date.UTC(2023, 6, 1);
      const clock = new TestClock(start);
      await withLedger(clock, async (ledger) => {
        await begin(ledger);
        for (const [index, { before, after }] of history.entries()) {
          clock.set(start + before);
          await spend(ledger);
          clock.set(start + after);
          const spent = await spentNow(ledger);
          expect(new Set(Object.values(spent))).toEqual(new Set([`${index + 1}.00`]));
        }
      });
    }),
    runs(25),
  );
});

test('a moment that a request names keeps its answer, whatever the clock does', async () => {
  const clock = new TestClock('2023-07-01T12:00:00.000Z');
  await withLedger(clock, async (ledger) => {
    await begin(ledger);
    const asked = `{ asOf(at: { knownAt: "2023-07-01T12:00:00.500Z" }) { ${BUDGET} { ${FACTS} } } }`;
    clock.move(1_000);
    await spend(ledger);
    const before = await ledger.data(asked);
    expect(before.asOf.budget.executed).toBe('0.00');
    clock.move(-3_600_000);
    await spend(ledger);
    expect(await ledger.data(asked)).toEqual(before);
    clock.move(3_600_000);
    expect(await ledger.data(asked)).toEqual(before);
  });
});
