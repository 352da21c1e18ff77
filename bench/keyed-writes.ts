import { perform } from '../src/actions/perform';
import { features } from '../src/app/features';
import { parsePrincipal } from '../src/auth/principal';
import { unwrap } from '../src/kernel/refusal';
import { BenchLedger, benchLedger } from './bench-ledger';
import { cpuMsOf, median, medianRatio, Report } from './measure';
import * as seed from './seed';

const ROUNDS = 31;
const WRITES = 50;
const PRINCIPAL = parsePrincipal({ sub: 'bench', roles: ['editor'], departments: '*' })!;
const BUDGET = { department: 'D', fiscalYear: 2023 };

/**
 * What an idempotency key costs: with one, a write first looks whether the same command became a proposal, which is one more read
 * of the log.
 */
export async function keyedWrites(): Promise<Report> {
  const ledger = await benchLedger(async (log) => {
    await seed.department(log, 'D');
    await seed.budget(log, 'D', 0);
  });
  const rounds: { readonly keyed: number; readonly plain: number; readonly look: number }[] = [];
  let next = 0;
  const record = (withKey: boolean) => cpuMsOf(() => recordMany(ledger, () => (withKey ? `key-${next++}` : undefined)));
  const look = () =>
    cpuMsOf(async () => {
      const entity = { entityType: 'BUDGET', code: 'D.2023' };
      for (let write = 0; write < WRITES; write++)
        await ledger.services.proposals.under(entity, `none-${next++}`, () => true);
    });
  for (let round = -3; round < ROUNDS; round++) {
    const times = { keyed: await record(true), plain: await record(false), look: await look() };
    // The first rounds are a warm-up.
    if (round >= 0) rounds.push(times);
  }
  await ledger.close();
  const micros = (of: keyof (typeof rounds)[number]): number =>
    (median(rounds.map((times) => times[of])) * 1_000) / WRITES;
  return [
    { what: 'a write without an idempotency key (CPU time)', value: micros('plain'), unit: 'µs' },
    { what: 'the look for a proposal under a key (CPU time)', value: micros('look'), unit: 'µs' },
    medianRatio('a write with a key, to one without', rounds, ['keyed', 'plain']),
  ];
}

async function recordMany({ services }: BenchLedger, key: () => string | undefined): Promise<void> {
  const action = features.actions.get('recordExpenditure');
  if (action === undefined) throw new Error('there is no action recordExpenditure');
  for (let write = 0; write < WRITES; write++) {
    const input = { ...BUDGET, line: 'L1', amount: '0.01', effectiveAt: '2023-06-01', idempotencyKey: key() };
    const { projected } = unwrap(
      await perform(services, action, input, { principal: PRINCIPAL, correlationId: 'bench' }),
    );
    if (projected === undefined) throw new Error('a write was not projected in time');
  }
}
