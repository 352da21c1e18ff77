import { perform } from '../src/actions/perform';
import { features } from '../src/app/features';
import { Principal } from '../src/auth/principal';
import { unwrap } from '../src/kernel/refusal';
import { benchLedger } from './bench-ledger';
import { median, Report } from './measure';
import * as seed from './seed';

const ITEMS = 1_000;
const BATCHES = { warmUp: 10, rounds: 9, aRound: 5 } as const;
const PRINCIPAL: Principal = { sub: 'bench', roles: ['finance'], departments: 'all' };

const input = (batch: number) => ({
  department: 'D',
  fiscalYear: 2023,
  idempotencyKey: `batch-${batch}`,
  reason: '十一月支付',
  items: Array.from({ length: ITEMS }, (_, item) => ({
    line: 'L1',
    amount: '0.01',
    effectiveAt: '2023-11-15',
    payee: `某软件公司 ${item}`,
    memo: '支付十一月软件采购款',
    documentNo: `${batch}-${item}`,
  })),
});

/** Payments that one budget of the embedded store takes, 1,000 in one command, durable and projected before the answer. */
export async function payments(): Promise<Report> {
  const ledger = await benchLedger(async (log) => {
    await seed.department(log, 'D');
    await seed.budget(log, 'D', 0);
  });
  const action = features.actions.get('recordExpenditures');
  if (action === undefined) throw new Error('there is no action recordExpenditures');
  let batch = 0;
  const record = async (batches: number): Promise<number> => {
    const inputs = Array.from({ length: batches }, () => input(batch++));
    const start = performance.now();
    for (const one of inputs) {
      const caller = { principal: PRINCIPAL, correlationId: one.idempotencyKey };
      const { projected } = unwrap(await perform(ledger.services, action, one, caller));
      if (projected === undefined) throw new Error('a batch was not projected in time');
    }
    return (batches * ITEMS * 1_000) / (performance.now() - start);
  };
  await record(BATCHES.warmUp);
  const rates: number[] = [];
  for (let round = 0; round < BATCHES.rounds; round++) rates.push(await record(BATCHES.aRound));
  await ledger.close();
  return [
    {
      what: 'payments on one budget, 1,000 in one recordExpenditures',
      value: median(rates),
      unit: 'payments/s',
      bound: { atLeast: 20_000 },
    },
  ];
}
