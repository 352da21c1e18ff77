import { startApi, TestApi } from '../../support/api';
import { cleanUps } from '../../support/clean-ups';
import { TestClock } from '../../support/clock';
import { openLog, startStandIn } from '../../support/kurrentdb-log';
import { emptyReadModelsIn, sharedRedis } from '../../support/redis/shared-redis';

/** Several payments of one budget as one command. */

const BUDGET = { department: 'D1', fiscalYear: 2023 };
const NOW = '2023-06-30T04:00:00.000Z';

async function startWith(lines: Readonly<Record<string, string>>, options: object = {}): Promise<TestApi> {
  const api = await startApi({ now: NOW, ...options });
  await api.write('registerDepartment', { code: 'D1', name: '市政数局' });
  const inputs = Object.entries(lines).map(([code, amount]) => ({
    code,
    name: `明细 ${code}`,
    fundSource: 'GENERAL_PUBLIC_BUDGET',
    amount,
  }));
  await api.write('approveBudget', { ...BUDGET, lines: inputs });
  return api;
}

const headOf = async (api: TestApi): Promise<string> => (await api.data('{ ledger { head } }')).ledger.head;

// Ledgers are closed before Redis stops.
const onEnd = cleanUps(afterAll);
const readModels = emptyReadModelsIn(sharedRedis());
const ENGINES: Readonly<Record<string, () => object>> = {
  'the embedded store and memory': () => ({}),
  'the embedded store and Redis': () => ({ readModels }),
  'KurrentDB and Redis': () => ({
    readModels,
    eventStore: async (clock: TestClock) => openLog((await startStandIn(onEnd, { clock })).url),
  }),
};

describe.each(Object.keys(ENGINES))('recordExpenditures, on %s', (engines) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startWith({ A: '1000', B: '5' }, ENGINES[engines]!());
    onEnd(() => api.close());
  });

  it('records one change for each item, in order, each with its own date and proof', async () => {
    const input = {
      ...BUDGET,
      unit: 'WAN_YUAN',
      reason: '六月支付',
      idempotencyKey: 'june',
      items: [
        { line: 'B', amount: '0.0001', payee: '甲', effectiveAt: '2023-06-02', documentNo: '7' },
        { line: 'A', amount: '0.002', memo: '乙', evidence: [{ uri: 'https://example.org/1' }] },
      ],
    };
    const fields = `position dryRun changes { position revision effectiveAt reason documentNo evidence { uri } data }
      budget { revision executed entries(kinds: [EXPENDITURE]) { nodes { line amount payee memo documentNo } } }`;
    const written = await api.write('recordExpenditures', input, fields);
    const [first, last] = written.changes.map(({ position }: { position: string }) => BigInt(position));
    expect(first < last).toBe(true);
    expect(written).toMatchObject({
      dryRun: false,
      changes: [
        {
          revision: 2,
          effectiveAt: '2023-06-01T16:00:00.000Z',
          reason: '六月支付',
          documentNo: '7',
          evidence: [],
          data: { line: 'B', amount: '1.00', payee: '甲' },
        },
        {
          position: written.position,
          revision: 3,
          effectiveAt: NOW,
          reason: '六月支付',
          documentNo: null,
          evidence: [{ uri: 'https://example.org/1' }],
          data: { line: 'A', amount: '20.00', memo: '乙' },
        },
      ],
      budget: {
        revision: 3,
        executed: '21.00',
        entries: {
          nodes: [
            { line: 'B', amount: '1.00', payee: '甲' },
            { line: 'A', amount: '20.00', memo: '乙' },
          ],
        },
      },
    });
    const again = await api.write('recordExpenditures', input, fields);
    expect(again).toEqual(written);
    expect(await headOf(api)).toBe(written.position);
  });

  it('shows each payment as a change of its own, also to a correction', async () => {
    const { changes } = await api.write('recordExpenditures', {
      ...BUDGET,
      items: [
        { line: 'A', amount: '3' },
        { line: 'A', amount: '4' },
      ],
    });
    const correction = { ...BUDGET, change: changes[0].eventId, amount: '30' };
    const { budget } = await api.write('correctBudgetFact', correction, 'budget { executed }');
    expect(budget.executed).toBe('55.00');
    const { changes: feed } = await api.data(
      `{ changes(filter: { types: ["ExpenditureRecorded"] }, first: 10) { nodes { eventId type } } }`,
    );
    expect(feed.nodes.map(({ eventId }: { eventId: string }) => eventId)).toEqual(
      expect.arrayContaining(changes.map(({ eventId }: { eventId: string }) => eventId)),
    );
  });

  it('records 1,000 payments, of which the present shows all, and a dry run shows the same', async () => {
    const items = Array.from({ length: 1_000 }, (_, index) => ({ line: 'A', amount: '0.10', payee: `单位 ${index}` }));
    const query = `mutation($input: RecordExpendituresInput!, $dryRun: Boolean) {
      recordExpenditures(input: $input, dryRun: $dryRun) { dryRun changes { sequence } budget { revision executed } }
    }`;
    const input = { ...BUDGET, items };
    const dry = (await api.data(query, { input, dryRun: true })).recordExpenditures;
    const { recordExpenditures: recorded } = await api.data(query, { input, dryRun: false });
    expect(dry).toEqual({ ...recorded, dryRun: true });
    expect(recorded.changes).toHaveLength(1_000);
    expect(recorded.budget.executed).toBe('155.00');
  });
});

describe('recordExpenditures refuses', () => {
  let api: TestApi;
  let head: string;
  beforeAll(async () => {
    api = await startWith({ A: '100', B: '5' }, { limits: { maxAppendBytes: 20_000 } });
    await api.write('approveBudget', {
      department: 'D1',
      fiscalYear: 2022,
      lines: [{ code: 'A', name: 'x', fundSource: 'UNATTRIBUTED', amount: '1' }],
    });
    await api.write('closeBudget', { department: 'D1', fiscalYear: 2022 });
    head = await headOf(api);
  });
  afterAll(() => api.close());
  afterEach(async () => {
    expect(await headOf(api)).toBe(head);
  });

  /** The refusal, which is that of the dry run too. */
  const refusal = async (items: readonly object[], more: object = {}) => {
    const query = `mutation($input: RecordExpendituresInput!) {
      recorded: recordExpenditures(input: $input) { position } dry: recordExpenditures(input: $input, dryRun: true) { position }
    }`;
    const { errors } = await api.ask(query, { input: { ...BUDGET, items, ...more } });
    const [recorded, dry] = errors!;
    if (recorded!.path !== undefined) expect(dry!.extensions).toEqual(recorded!.extensions);
    return recorded!;
  };
  const paid = (amount: string, more: object = {}) => ({ line: 'A', amount, ...more });

  it.each([
    ['more than the line has, counted over the items', [paid('60'), paid('40'), paid('0.01')], 2, 'BUDGET_EXCEEDED'],
    ['a payment of another year', [paid('1'), paid('1', { effectiveAt: '2022-12-31' })], 1, 'OUTSIDE_FISCAL_YEAR'],
  ])('%s', async (_what, items, item, rule) => {
    expect((await refusal(items)).extensions).toMatchObject({ code: 'RULE_VIOLATION', rule, item });
  });

  it('a line that is not there', async () => {
    expect((await refusal([paid('1'), paid('1'), paid('1', { line: 'Z' })])).extensions).toEqual({
      code: 'NOT_FOUND',
      item: 2,
    });
    expect((await refusal([paid('1')], { fiscalYear: 2030 })).extensions).toEqual({ code: 'NOT_FOUND' });
  });

  it('payments on a closed budget', async () => {
    expect((await refusal([paid('1', { effectiveAt: '2022-03-01' })], { fiscalYear: 2022 })).extensions).toMatchObject({
      rule: 'BUDGET_CLOSED',
      item: 0,
    });
  });

  it('what is wrong in any items, all at once', async () => {
    const items = Array.from({ length: 60 }, () => paid('0', { effectiveAt: '2023-02-30' }));
    const { extensions } = await refusal([paid('1'), ...items]);
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', violationsOmitted: 70 });
    expect(extensions.violations).toHaveLength(50);
    expect(extensions.violations.slice(0, 2).map(({ path }: { path: string }) => path)).toEqual([
      '/input/items/1/amount',
      '/input/items/1/effectiveAt',
    ]);
  });

  it('no items, and 1,001', async () => {
    const none = (await refusal([])).extensions;
    expect(none).toMatchObject({ code: 'BAD_USER_INPUT', violations: [{ path: '/input/items' }] });
    const tooMany = (await refusal(Array.from({ length: 1_001 }, () => paid('0.01')))).extensions;
    expect(tooMany).toMatchObject({ code: 'BAD_USER_INPUT', violations: [{ path: '/input/items' }] });
  });

  it('more than can be appended at once, and says how many items fit', async () => {
    const items = (count: number) => Array.from({ length: count }, () => paid('0.01', { memo: '支'.repeat(500) }));
    const { extensions, message } = await refusal(items(50));
    expect(extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'maxAppendBytes', fits: expect.any(Number) });
    const fits = extensions.fits as number;
    expect(message).toContain(`${fits} items`);
    expect((await refusal(items(fits + 1))).extensions.fits).toBe(fits);
    const query = `mutation($input: RecordExpendituresInput!) {
      recordExpenditures(input: $input, dryRun: true) { changes { revision } }
    }`;
    const { recordExpenditures } = await api.data(query, { input: { ...BUDGET, items: items(fits) } });
    expect(recordExpenditures.changes).toHaveLength(fits);
  });

  it('one payment that is too large for an append', async () => {
    const { extensions } = await refusal([paid('0.01', { memo: '支'.repeat(2_000) })], { reason: '由'.repeat(20_000) });
    expect(extensions).toEqual({ code: 'LIMIT_EXCEEDED', limit: 'maxAppendBytes' });
  });
});

describe('with 50 clients on one budget', () => {
  it('loses no payment, and overspends no line', async () => {
    const api = await startWith({ A: '100', B: '100' });
    try {
      const record = async (client: number): Promise<number> => {
        const items = Array.from({ length: 7 }, (_, index) => ({
          line: index % 2 === 0 ? 'A' : 'B',
          amount: '1.00',
          payee: `${client}`,
        }));
        const query = 'mutation($input: RecordExpendituresInput!) { recordExpenditures(input: $input) { position } }';
        const input = { ...BUDGET, items, idempotencyKey: `client-${client}` };
        const { errors } = await api.ask(query, { input });
        if (errors === undefined) return items.length;
        expect(errors).toMatchObject([{ extensions: { rule: 'BUDGET_EXCEEDED' } }]);
        return 0;
      };
      const counts = await Promise.all(Array.from({ length: 50 }, (_, client) => record(client)));
      const accepted = counts.reduce((sum, count) => sum + count, 0);
      // Of line A, 4 yuan a command: 25 commands fit.
      expect(accepted).toBe(25 * 7);
      const { budget } = await api.data(`{ budget(department: "D1", fiscalYear: 2023) {
        executed revision lines { code executed remaining } entries(kinds: [EXPENDITURE], first: 200) { nodes { payee } }
      } }`);
      expect(budget).toMatchObject({
        executed: '175.00',
        revision: 176,
        lines: [
          { code: 'A', executed: '100.00', remaining: '0.00' },
          { code: 'B', executed: '75.00', remaining: '25.00' },
        ],
      });
      const payees = budget.entries.nodes.map(({ payee }: { payee: string }) => Number(payee));
      expect(new Set(payees)).toEqual(new Set(counts.flatMap((count, client) => (count > 0 ? [client] : []))));
    } finally {
      await api.close();
    }
  });
});
