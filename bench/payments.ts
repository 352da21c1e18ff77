import { DepartmentScope } from '../src/auth/department-scope';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { openSqliteEventStore } from '../src/event-store/adapters/sqlite/sqlite-event-store';
import { NewEvent, StoredEvent } from '../src/event-store/envelope';
import { EventStore, ExpectedRevision } from '../src/event-store/event-store';
import { temporaryFolder } from '../tests/support/temporary-folder';
import { perform } from '../src/actions/perform';
import { features } from '../src/app/features';
import { Principal } from '../src/auth/principal';
import { unwrap } from '../src/kernel/refusal';
import { benchLedger } from './bench-ledger';
import { median, Report } from './measure';
import * as seed from './seed';

const ITEMS = 1_000;
const BATCHES = { warmUp: 10, rounds: 9, aRound: 5 } as const;
const PRINCIPAL: Principal = {
  sub: 'bench',
  roles: ['editor'],
  departments: DepartmentScope.ALL,
  readDepartments: DepartmentScope.ALL,
};

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

/**
 * Payments on one budget of the embedded store, 1,000 in one command: how many the store records, each append durable, and how many
 * the whole way takes, from the input to the answer that shows them.
 */
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
  const stored = await appendsOf(await lastEvents(ledger.log));
  await ledger.close();
  return [
    {
      what: 'payments that the embedded store records, 1,000 in one append',
      value: median(stored),
      unit: 'payments/s',
      bound: { atLeast: 20_000 },
    },
    {
      what: 'payments on one budget, 1,000 in one recordExpenditures, until the answer shows them',
      value: median(rates),
      unit: 'payments/s',
    },
  ];
}

/** The events of the newest command. */
async function lastEvents(log: EventStore): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const event of log.readAll((await log.head()) - BigInt(ITEMS))) events.push(event);
  return events;
}

/** Payments a second, with appends of the same events under other ids to a ledger that nobody reads. */
async function appendsOf(events: readonly StoredEvent[]): Promise<readonly number[]> {
  const folder = temporaryFolder();
  const store = openSqliteEventStore({ path: path.join(folder.path, 'ledger.db'), prefix: '' });
  const rates: number[] = [];
  let expected: ExpectedRevision = 'no-stream';
  for (let round = -1; round < BATCHES.rounds; round++) {
    const appends = Array.from({ length: BATCHES.aRound }, () =>
      events.map(({ type, data, metadata }): NewEvent => ({
        id: randomUUID(),
        type,
        data: { ...data },
        metadata: { ...metadata },
      })),
    );
    const start = performance.now();
    for (const append of appends) {
      const result = await store.append('budget', append, expected);
      if (result.kind === 'conflict') throw new Error('another writer appended');
      expected = result.revision;
    }
    // The first round is a warm-up.
    if (round >= 0) rates.push((BATCHES.aRound * ITEMS * 1_000) / (performance.now() - start));
  }
  await store.close();
  folder.remove();
  return rates;
}
