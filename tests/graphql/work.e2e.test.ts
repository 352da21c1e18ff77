import { Answer, ApiOptions, startApi, TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { feedClient } from '../support/feed-client';

/** The budget of a request, over real transports. */

const onEnd = cleanUps();

async function setUp(options: ApiOptions = {}): Promise<TestApi> {
  const api = await startApi({ now: '2023-06-30T04:00:00.000Z', ...options });
  onEnd(() => api.close());
  await api.write('registerDepartment', { code: 'D', name: '市政数局' });
  await api.write('approveBudget', { ...BUDGET, lines: Array.from({ length: 300 }, (_, index) => line(index)) });
  return api;
}

const BUDGET = { department: 'D', fiscalYear: 2023, effectiveAt: '2023-01-01' };
const line = (index: number) => ({
  code: `L${100 + index}`,
  name: `明细 ${index}`,
  fundSource: 'GENERAL_PUBLIC_BUDGET',
  amount: '1.00',
});
const LINES = '{ budget(department: "D", fiscalYear: 2023) { lines { code name revised remaining } } }';

test('a list that takes several turns is answered whole and in order, compiled or not', async () => {
  const api = await setUp();
  const expected = Array.from({ length: 300 }, (_, index) => ({
    code: `L${100 + index}`,
    name: `明细 ${index}`,
    revised: '1.00',
    remaining: '1.00',
  }));
  for (let time = 0; time < 5; time++) expect(await api.data(LINES)).toEqual({ budget: { lines: expected } });
});

interface CostedAnswer extends Answer {
  readonly extensions: { readonly cost: unknown };
}

test('the cost is what is there', async () => {
  const api = await setUp();
  const costOf = async (query: string): Promise<unknown> => ((await api.ask(query)) as CostedAnswer).extensions.cost;
  expect(await costOf(LINES)).toMatchObject({ fields: 2 + 300 * 4 });
  expect(await costOf('{ departments(first: 200) { nodes { code } edges { node { name } } } }')).toMatchObject({
    fields: 3 + 1 + 2,
  });
  const budget = 'budget(department: "D", fiscalYear: 2023)';
  const few = 'fragment few on Budget { lines { code } }';
  expect(
    await costOf(`{ a: ${budget} { ...few } b: ${budget} { ...few lines { name revised remaining } } } ${few}`),
  ).toMatchObject({ fields: 2 + 2 + 300 + 300 * 4 });
  const [query, body] = [
    '{ budget(department: "D", fiscalYear: 2023) { fiscalYear } }',
    '{"budget":{"fiscalYear":2023}}',
  ];
  expect(await costOf(query)).toMatchObject({ fields: 2, bytes: body.length });
  expect(await costOf('query($full: Boolean = false) { ledger { head timeZone @include(if: $full) } }')).toMatchObject({
    fields: 2,
  });
});

test.each([
  ['fields', { maxAnswerFields: 1_000 }, 'maxAnswerFields', LINES],
  ['bytes', { maxAnswerBytes: 1_000 }, 'maxAnswerBytes', LINES],
  ['values in JSON', { maxAnswerFields: 1_000 }, 'maxAnswerFields', '{ changes { nodes { data } } }'],
  [
    'introspected fields',
    { maxAnswerFields: 1_000 },
    'maxAnswerFields',
    '{ __schema { types { fields { name type { name } isDeprecated } } } }',
  ],
])('a query with too many %s ends with one error, compiled or not', async (_what, limits, limit, query) => {
  const api = await setUp({ limits });
  for (let time = 0; time < 5; time++) {
    const { status, data, errors } = await api.ask(query);
    expect([status, data]).toEqual([200, null]);
    expect(errors).toEqual([
      expect.objectContaining({
        extensions: { code: 'LIMIT_EXCEEDED', limit, spent: expect.any(Number), allowed: 1_000 },
      }),
    ]);
    expect(errors?.[0]?.extensions.spent).toBeGreaterThan(1_000);
  }
});

test('a mutation whose answer is too long is on record, and its repeat with fewer fields is answered', async () => {
  const api = await setUp({ limits: { maxAnswerBytes: 1_000 } });
  const supplement = (fields: string) =>
    api.ask(`mutation($input: SupplementBudgetInput!) { supplementBudget(input: $input) { ${fields} } }`, {
      input: {
        department: 'D',
        fiscalYear: 2023,
        line: 'L100',
        amount: '5.00',
        effectiveAt: '2023-02-01',
        idempotencyKey: 'k',
      },
    });
  const { data, errors } = await supplement('position budget { lines { code name } }');
  expect([data, errors?.[0]?.extensions.limit]).toEqual([null, 'maxAnswerBytes']);
  expect(errors?.[0]?.message).toContain('idempotencyKey');
  expect((await supplement('budget { revised }')).data).toEqual({
    supplementBudget: { budget: { revised: '305.00' } },
  });
});

test.each(['WebSocket', 'SSE'] as const)(
  'the budget holds over %s, for each item of a subscription',
  async (transport) => {
    const api = await setUp({ limits: { maxAnswerFields: 1_000 } });
    const client = feedClient(transport, { url: api.url, token: await api.token() });
    onEnd(() => {
      client.dispose();
    });
    const answers = async (query: string, count: number): Promise<any[]> => {
      const all: unknown[] = [];
      for await (const answer of client.ask({ query })) if (all.push(answer) === count) break;
      return all;
    };
    const [refused] = await answers(LINES, 1);
    expect(refused).toMatchObject({ data: null, errors: [{ extensions: { limit: 'maxAnswerFields' } }] });
    const feed = (field: string) => `subscription { changes(after: "0") { ... on Change { type ${field} } } }`;
    const [, approved] = await answers(feed('data'), 2);
    expect(approved.errors).toMatchObject([{ extensions: { limit: 'maxAnswerFields' } }]);
    expect(await answers(feed('revision'), 2)).toMatchObject([
      { data: {} },
      { data: { changes: { type: 'BudgetApproved' } } },
    ]);
  },
);
