import { benchLedger, BenchLedger } from './bench-ledger';
import { ratesOf, start, stop } from './http-load';
import { inTurns, median, medianRatio, ratio, Report } from './measure';
import { EFFECTIVE_LONG, LONG_HISTORY, PLAIN_LONG } from './questions';
import * as seed from './seed';

const FIELDS = '{ budget(department: "D", fiscalYear: 2023) { revised executed executionRate } }';
const EFFECTIVE = `query($at: Moment!) { asOf(at: { effectiveAt: $at }) ${FIELDS} }`;
const PLAIN = `{ asOf(at: {}) ${FIELDS} }`;
const SPEND =
  'mutation { recordExpenditure(input: { department: "D", fiscalYear: 2023, line: "L1", amount: "0.01", effectiveAt: "2023-06-01" }) { position } }';

const ledgerWith = (expenditures: number): Promise<BenchLedger> =>
  benchLedger(async (log) => {
    await seed.department(log, 'D');
    await seed.budget(log, 'D', expenditures);
  });

/** A budget with 10,000 expenditures: effective dates, cold in process and warm over HTTP, and commands. */
export async function largeBudget(): Promise<Report> {
  const [small, large] = [await ledgerWith(10), await ledgerWith(LONG_HISTORY)];

  // Cold: nothing of this revision has been folded. The code itself was warmed up with other ledgers of the same size.
  const cold: number[] = [];
  for (let round = 0; round < 7; round++) {
    const fresh = await ledgerWith(LONG_HISTORY);
    await fresh.ask(PLAIN);
    const start = performance.now();
    await fresh.ask(EFFECTIVE, { at: '2023-06-30' });
    if (round >= 2) cold.push(performance.now() - start);
    await fresh.close();
  }

  const commands = await inTurns(
    { small: () => small.ask(SPEND), large: () => large.ask(SPEND) },
    { rounds: 9, calls: 50 },
  );
  await small.close();
  await large.close();
  return [
    { what: 'effectiveAt on 10,000 expenditures, cold', value: median(cold), unit: 'ms', bound: { atMost: 50 } },
    medianRatio('what effectiveAt costs, warm, to a question without', await warm(), ['plain', 'effective'], {
      atMost: 2,
    }),
    { what: 'a command on a budget with 10 expenditures', value: commands.small, unit: 'µs' },
    ratio('a command on 10,000 expenditures, to one on 10', commands.large, commands.small, { atMost: 2 }),
  ];
}

async function warm() {
  const target = await start('history');
  const rounds = await ratesOf(
    { plain: { target, requests: PLAIN_LONG }, effective: { target, requests: EFFECTIVE_LONG } },
    { rounds: 7, seconds: 1 },
  );
  await stop(target);
  return rounds;
}
