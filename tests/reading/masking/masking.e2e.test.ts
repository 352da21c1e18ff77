import { policyOf } from '../../../src/auth/policy';
import { rightsWith } from '../../../src/auth/policy-file';
import { notClosing } from '../../support/ledger';
import { feedClient, TRANSPORTS } from '../../support/feed-client';
import { startApi, TestApi, TokenClaims } from '../../support/api';
import { TABLES } from '../../support/tables';
import { wholeSelection } from '../../support/whole-selection';
import { emptyReadModelsIn, sharedRedis } from '../../support/redis/shared-redis';
import { feedOf, WHOLE_FEED } from './every-answer';
import { itMasksEveryDetail } from './masking.property';

const redis = sharedRedis();

/** Every personal text of the ledger has the marker. Nothing that an analyst gets may have it. */
const MARKER = 'secret-of-a-person';
let marks = 0;
const marked = (): string => `${MARKER}-${++marks}`;

const YEAR = { department: 'D', fiscalYear: 2023, effectiveAt: '2023-02-01' };
const why = () => ({ reason: marked(), evidence: [{ uri: `https://files.example/${marked()}`, title: marked() }] });
const PERSONS = ['a', 'b'].map((person) => ({ sub: `${MARKER}-sub-${person}`, name: `${MARKER}-name-${person}` }));

let api: TestApi;

beforeAll(async () => {
  const limits = {
    maxComplexity: 100_000_000,
    maxFieldComparisons: 100_000_000,
    maxAnswerFields: 10_000_000,
    maxDepth: 100,
    maxTokens: 1_000_000,
    maxDocumentLength: 10_000_000,
  };
  api = await startApi({ now: '2023-06-30T04:00:00.000Z', limits });
  await play();
  api.clock.move(2 * 86_400_000);
});

afterAll(() => api.close());

/** A ledger in which every text that can be personal is marked. */
async function play(): Promise<void> {
  const roles = ['editor', 'finance', 'admin'];
  const [first, second] = await Promise.all(PERSONS.map((person) => api.token({ ...person, roles })));
  const write = (mutation: string, input: object, by = first) =>
    api.write(mutation, input, 'position changes { eventId }', by);
  await write('registerDepartment', { code: 'D', name: '市政数局', ...why() });
  const lines = [{ code: 'L1', name: '明细', fundSource: 'UNIT_FUNDS', amount: '100.00' }];
  await write('approveBudget', { ...YEAR, goals: ['目标'], lines, ...why() });
  const payment = { ...YEAR, line: 'L1', amount: '10.00', payee: marked(), memo: marked(), ...why() };
  const { changes } = await write('recordExpenditure', payment);
  await write('correctBudgetFact', {
    ...YEAR,
    effectiveAt: undefined,
    change: changes[0].eventId,
    amount: '9.00',
    ...why(),
  });
  await write('reverseExpenditure', { ...YEAR, change: changes[0].eventId, amount: '1.00', ...why() }, second);
  await write('recordRefund', { ...YEAR, line: 'L1', amount: '2.00', payer: marked(), memo: marked(), ...why() });
  const items = [{ line: 'L1', amount: '3.00', payee: marked(), memo: marked(), effectiveAt: '2023-03-01' }];
  await write('recordExpenditures', { department: 'D', fiscalYear: 2023, items, reason: marked() }, second);
  await write('planTask', { code: 'T', department: 'D', fiscalYear: 2023, title: '任务', ...why() });
  await write('reportTaskProgress', { code: 'T', progress: '50', note: marked(), ...why() });
}

const tokenOf = (...roles: string[]): Promise<string> => api.token({ sub: 'reader', roles });

const AT = 'at: { knownAt: "2023-07-01" }';
const QUESTIONS = [
  `{ budget(department: "D", fiscalYear: 2023) ${wholeSelection('Budget', 2)} }`,
  `{ task(code: "T") ${wholeSelection('Task', 2)} }`,
  `{ department(code: "D") ${wholeSelection('Department', 2)} }`,
  `{ changes(after: "0") ${wholeSelection('ChangeConnection', 2)} }`,
  `{ asOf(${AT}) { budget(department: "D", fiscalYear: 2023) ${wholeSelection('Budget', 2)} } }`,
  `{ asOf(at: { effectiveAt: "2023-04-01" }) { budget(department: "D", fiscalYear: 2023) ${wholeSelection('Budget', 2)} } }`,
  `{ diff(from: { position: "0" }, to: { knownAt: "2023-07-01" }) ${wholeSelection('EntityDiffConnection', 2)} }`,
];

async function answers(token: string): Promise<string[]> {
  const texts = [];
  for (const question of QUESTIONS) {
    const answer = await api.ask(question, {}, token);
    expect(answer.errors).toBeUndefined();
    texts.push(JSON.stringify(answer.data));
  }
  const exports = [
    '/changes.ndjson?fields=1',
    '/changes.csv?fields=1',
    ...TABLES.flatMap((name) => [`/${name}.csv`, `/${name}.ndjson`]),
  ];
  for (const path of exports) {
    const response = await fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(200);
    texts.push(await response.text());
  }
  for (const transport of TRANSPORTS) texts.push(JSON.stringify(await feedOf(api, transport, token)));
  return texts;
}

test('no answer to an analyst has a personal text, before and after others have asked', async () => {
  const analyst = await tokenOf('analyst');
  const open = await tokenOf('auditor');
  const masked = await answers(analyst);
  const shown = (await answers(open)).join();
  for (const text of [...masked, ...(await answers(analyst))]) expect(text).not.toContain(MARKER);
  // Each of the texts can be asked for, so the questions would find it.
  for (let mark = 1; mark <= marks; mark++) expect(shown).toMatch(new RegExp(`${MARKER}-${mark}\\b`));
});

test('the figures are the same for everybody', async () => {
  const figures = `{ budget(department: "D", fiscalYear: 2023) {
    executed remaining entries { nodes { kind amount state effectiveAt documentNo change { id eventId position revision } } }
    blame { path value change { position } }
  } }`;
  const [masked, open] = await Promise.all(
    ['analyst', 'auditor'].map(async (role) => api.data(figures, {}, await tokenOf(role))),
  );
  expect(masked).toEqual(open);
});

test('one person has one pseudonym, which finds what the person did, and the real name finds nothing', async () => {
  const analyst = await tokenOf('analyst');
  const changes =
    '{ changes(after: "0") { nodes { position actor { sub name } data reason evidence { uri } correlationId } } }';
  const [masked, open] = await Promise.all(
    [analyst, await tokenOf('auditor')].map(async (token) => (await api.data(changes, {}, token)).changes.nodes),
  );
  const pairs = new Set(masked.map(({ actor }: any, index: number) => `${actor.sub} ${open[index].actor.sub}`));
  expect(pairs.size).toBe(2);
  expect(new Set(masked.map(({ actor }: any) => actor.sub)).size).toBe(2);
  for (const change of masked)
    expect(change).toMatchObject({ actor: { name: null }, data: {}, reason: null, evidence: [], correlationId: null });

  const by = async (actors: string[], token: string) => {
    const query = 'query($filter: ChangeFilter) { changes(after: "0", filter: $filter) { nodes { position } } }';
    return (await api.data(query, { filter: { actors } }, token)).changes.nodes.length;
  };
  const [pseudonym] = masked.map(({ actor }: any) => actor.sub);
  const own = masked.filter(({ actor }: any) => actor.sub === pseudonym).length;
  expect(await by([pseudonym], analyst)).toBe(own);
  expect(
    await by(
      PERSONS.map(({ sub }) => sub),
      analyst,
    ),
  ).toBe(0);
  for (const transport of TRANSPORTS) {
    expect(await feedOf(api, transport, analyst, { actors: [pseudonym] })).toHaveLength(own);
    expect(await feedOf(api, transport, analyst, { actors: [PERSONS[0]!.sub] })).toEqual([]);
  }
});

test.each(TRANSPORTS)('the live feed over %s is masked, and filters by the pseudonym', async (transport) => {
  const analyst = await tokenOf('analyst');
  const pseudonym = (await api.data('{ changes(after: "0", first: 1) { nodes { actor { sub } } } }', {}, analyst))
    .changes.nodes[0].actor.sub;
  const client = feedClient(transport, { url: api.url, token: analyst });
  const filters = [{ actors: [pseudonym] }, {}];
  try {
    const feeds = filters.map((filter) => client.ask({ query: WHOLE_FEED, variables: { filter } }));
    for (const feed of feeds) expect((await feed.next()).value.data.changes).toEqual({ kind: 'CAUGHT_UP' });
    const writer = await api.token({ ...PERSONS[0], roles: ['editor'] });
    await api.write('reportTaskProgress', { code: 'T', progress: '60', note: marked(), ...why() }, 'position', writer);
    for (const feed of feeds) {
      const { value } = await feed.next();
      expect(value.data.changes).toMatchObject({ Change_type: 'TaskProgressReported' });
      expect(JSON.stringify(value)).not.toContain(MARKER);
    }
  } finally {
    client.dispose();
  }
});

test.each(TRANSPORTS)(
  'over %s, who sees details and who does not share no item of the live feed',
  async (transport) => {
    const clients = await Promise.all(
      ['auditor', 'analyst'].map(async (role) => feedClient(transport, { url: api.url, token: await tokenOf(role) })),
    );
    const [open, masked] = clients.map((client) => client.ask({ query: WHOLE_FEED, variables: { filter: {} } }));
    try {
      for (const feed of [open!, masked!])
        expect((await feed.next()).value.data.changes).toEqual({ kind: 'CAUGHT_UP' });
      const writer = await api.token({ ...PERSONS[0], roles: ['editor'] });
      for (const [first, second] of [
        [open!, masked!],
        [masked!, open!],
      ] as const) {
        await api.write('reportTaskProgress', { code: 'T', progress: '60', ...why() }, 'position', writer);
        for (const feed of [first, second]) {
          const text = JSON.stringify((await feed.next()).value);
          expect([feed === open, text.includes(MARKER)]).toEqual([feed === open, feed === open]);
        }
      }
    } finally {
      for (const client of clients) client.dispose();
    }
  },
);

test.each<TokenClaims>([{ roles: ['analyst', 'auditor'] }, { roles: ['analyst', 'editor'] }])(
  'a caller with another reading role is not masked: %j',
  async (claims) => {
    const { budget } = await api.data(
      '{ budget(department: "D", fiscalYear: 2023) { entries(kinds: EXPENDITURE, first: 1) { nodes { payee } } } }',
      {},
      await api.token(claims),
    );
    expect(budget.entries.nodes[0].payee).toContain(MARKER);
  },
);

test('a dry run is masked for a writer who may not see details of persons', async () => {
  const policy = policyOf(rightsWith('{ "editor": { "deny": ["readDetails"] } }'));
  const other = await startApi({
    now: '2023-07-02T04:00:00.000Z',
    eventStore: () => notClosing(api.eventStore),
    policy,
  });
  const editor = await other.token({ sub: `${MARKER}-sub-editor`, name: `${MARKER}-name-editor`, roles: ['editor'] });
  const input = { ...YEAR, line: 'L1', amount: '1.00', payee: marked(), memo: marked(), ...why() };
  const query = `mutation($input: RecordExpenditureInput!) { recordExpenditure(input: $input, dryRun: true) {
    changes ${wholeSelection('Change', 1)} budget { executed entries { nodes ${wholeSelection('Entry', 1)} } }
  } }`;
  const answer = await other.data(query, { input }, editor);
  await other.close();
  expect(answer.recordExpenditure.budget.entries.nodes.length).toBeGreaterThan(2);
  expect(answer.recordExpenditure.budget.executed).toBe('10.00');
  expect(JSON.stringify(answer)).not.toContain(MARKER);
});

itMasksEveryDetail({ memory: undefined, Redis: emptyReadModelsIn(redis) });
