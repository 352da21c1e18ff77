import { randomUUID } from 'node:crypto';
import { expectAgreement } from '../../support/agreement';
import { startApi } from '../../support/api';
import { cleanUps } from '../../support/clean-ups';
import { collect } from '../../support/events';
import { eventually } from '../../support/eventually';
import { openLog, startStandIn } from '../../support/kurrentdb-log';
import { Ask, DAY, fen, LINE, YEAR } from '../../support/load';
import { startApiOnRedis } from '../../support/redis/api';
import { startRedis } from '../../support/redis/server';

const CLIENTS = 50;
const WRITES = 5;
/** Enough for about two thirds of what the clients want to spend. */
const AMOUNT = '900.00';

const onEnd = cleanUps();

interface Engine {
  readonly nodes: readonly Awaited<ReturnType<typeof startApi>>[];
}

async function overSqlite(start: () => ReturnType<typeof startApi>): Promise<Engine> {
  const api = await start();
  onEnd(() => api.close());
  return { nodes: [api] };
}

const engines: readonly (readonly [string, () => Promise<Engine>])[] = [
  ['SQLite and memory', () => overSqlite(() => startApi())],
  [
    'SQLite and Redis',
    async () => {
      const redis = await startRedis();
      onEnd(() => redis.stop());
      return overSqlite(() => startApiOnRedis(redis.url));
    },
  ],
  [
    'three nodes over KurrentDB and Redis',
    async () => {
      const redis = await startRedis();
      onEnd(() => redis.stop());
      const standIn = await startStandIn(onEnd);
      const start = () => startApiOnRedis(redis.url, { eventStore: () => openLog(standIn.url) });
      const nodes = await Promise.all([start(), start(), start()]);
      for (const node of nodes) onEnd(() => node.close());
      return { nodes };
    },
  ],
];

/** What a client spends in each turn: exact to the fen, with no round sum. */
const amountOf = (client: number, turn: number): string =>
  `${1 + ((client + turn) % 9)}.${String(((client * 7 + turn * 31) % 99) + 1).padStart(2, '0')}`;

/** Until it is settled; true if it was recorded. */
async function spend(ask: Ask, amount: string): Promise<boolean> {
  const input = {
    department: 'D1',
    fiscalYear: YEAR,
    line: LINE,
    amount,
    effectiveAt: DAY,
    idempotencyKey: randomUUID(),
  };
  const settled = await eventually(`${amount} is spent or refused`, async () => {
    const { errors } = await ask(
      'mutation($input: RecordExpenditureInput!) { recordExpenditure(input: $input) { position } }',
      { input },
    );
    if (!errors) return 'recorded';
    const { code, rule } = errors[0]!.extensions;
    if (code === 'UNAVAILABLE') return undefined;
    expect({ code, rule }).toEqual({ code: 'RULE_VIOLATION', rule: 'BUDGET_EXCEEDED' });
    return 'refused';
  });
  return settled === 'recorded';
}

test.each(engines)('50 clients spend one budget: %s', async (_, start) => {
  const { nodes } = await start();
  const [first] = nodes as [Engine['nodes'][0]];
  await first.write('registerDepartment', { code: 'D1', name: '数据管理局' });
  const lines = [{ code: LINE, name: '基本支出', amount: AMOUNT, fundSource: 'GENERAL_PUBLIC_BUDGET' }];
  await first.write('approveBudget', { department: 'D1', fiscalYear: YEAR, effectiveAt: DAY, lines });

  const spent: string[] = [];
  let refused = 0;
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_client, client) => {
      const { ask } = nodes[client % nodes.length]!;
      for (let turn = 0; turn < WRITES; turn++) {
        const amount = amountOf(client, turn);
        if (await spend(ask, amount)) spent.push(amount);
        else refused++;
      }
    }),
  );
  const sum = spent.reduce((total, amount) => total + fen(amount), 0n);
  expect(refused).toBeGreaterThan(0);
  expect(sum).toBeLessThanOrEqual(fen(AMOUNT));

  await expectAgreement(first.eventStore, first.ledger.services.store);
  const events = await collect(first.eventStore.readAll(0n));
  const recorded = events.filter(({ type }) => type === 'ExpenditureRecorded').map(({ data }) => data.amount as string);
  expect(recorded.toSorted()).toEqual(spent.toSorted());
  for (const node of nodes) {
    const { budget } = await node.data(
      `{ budget(department: "D1", fiscalYear: ${YEAR}) { executed remaining revision } }`,
    );
    expect(fen(budget.executed)).toBe(sum);
    expect(fen(budget.remaining)).toBe(fen(AMOUNT) - sum);
    expect(budget.revision).toBe(1 + spent.length);
  }
});
