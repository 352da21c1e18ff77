import { benchLedger } from './bench-ledger';
import { heapInUse } from './heap';
import { cpuMsOf, inTurns, median, ratio, Report } from './measure';
import * as seed from './seed';

const PAYMENTS = 100_000;
const BUDGET = 'budget(department: "D", fiscalYear: 2023)';
const MONTH_END = `query($at: AsOfInput!) { asOf(at: $at) { ${BUDGET} { revised executed executionRate } } }`;
const PAGE = `{ ${BUDGET} { entries(first: 50) { nodes { kind line amount effectiveAt payee state } pageInfo { endCursor } } } }`;
const SPEND =
  'mutation { recordExpenditure(input: { department: "D", fiscalYear: 2023, line: "L1", amount: "0.01", effectiveAt: "2023-06-01" }) { position } }';

/** A budget with 100,000 payments, in process: the end of each month, entries, and memory. */
export async function monthEnds(): Promise<Report> {
  const before = heapInUse();
  const ledger = await benchLedger(async (log) => {
    await seed.department(log, 'D');
    await seed.budget(log, 'D', PAYMENTS);
  });
  try {
    const first = await cpuMsOf(() => ledger.ask(MONTH_END, { at: monthEnd(0) }));
    const page = await cpuMsOf(() => ledger.ask(PAGE));
    const bytes = (heapInUse() - before) / PAYMENTS;
    const head = await ledger.log.head();
    const folded: number[] = [];
    for (let round = 0; round < 5; round++) {
      // A record that nobody has folded yet.
      const at = { ...monthEnd(round), position: String(head - BigInt(5 - round) * 10n) };
      ledger.services.records.forget();
      folded.push(await cpuMsOf(() => ledger.ask(MONTH_END, { at })));
    }
    let month = 0;
    const warm = await inTurns(
      {
        monthEnd: () => ledger.ask(MONTH_END, { at: monthEnd(month++) }),
        present: () => ledger.ask(MONTH_END, { at: {} }),
        page: () => ledger.ask(PAGE),
      },
      { rounds: 9, calls: 10 },
    );
    await ledger.ask(SPEND);
    const afterWrite: number[] = [];
    for (let round = 0; round < 9; round++) {
      await ledger.ask(SPEND);
      afterWrite.push(await cpuMsOf(() => ledger.ask(MONTH_END, { at: monthEnd(round) })));
    }
    const withCommands = (heapInUse() - before) / PAYMENTS;
    return [
      {
        what: 'a month-end on 100,000 payments, the first time (CPU time)',
        value: first,
        unit: 'ms',
        bound: { atMost: 600 },
      },
      {
        what: 'the same as of an earlier position, cold (CPU time)',
        value: median(folded),
        unit: 'ms',
        bound: { atMost: 600 },
      },
      { what: 'the same, warm', value: warm.monthEnd / 1_000, unit: 'ms', bound: { atMost: 50 } },
      ratio('the same, to a question without effectiveAt', warm.monthEnd, warm.present, undefined),
      {
        what: 'the same, after one more payment (CPU time)',
        value: median(afterWrite),
        unit: 'ms',
        bound: { atMost: 50 },
      },
      { what: 'the first page of entries, the first time (CPU time)', value: page, unit: 'ms', bound: { atMost: 20 } },
      { what: 'the same, warm', value: warm.page / 1_000, unit: 'ms', bound: { atMost: 20 } },
      { what: 'memory of a payment', value: bytes, unit: 'B', bound: { atMost: 1_536 } },
      { what: 'the same, after commands on the budget', value: withCommands, unit: 'B', bound: { atMost: 1_536 } },
    ];
  } finally {
    await ledger.close();
  }
}

const monthEnd = (index: number) => ({ effectiveAt: `2023-${String(1 + (index % 12)).padStart(2, '0')}-28` });
