import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { ACTION_NAMES, ON_PROPOSALS } from '../../../src/auth/rights';
import { startApi, TestApi } from '../../support/api';
import { historyArbitrary, play } from '../../support/histories/history';
import { IMPORT_ENTRIES } from '../../support/import-entries';
import { notClosing } from '../../support/ledger';
import { PROPERTY_TIMEOUT_MS, runs } from '../../support/property';
import { documentOf, entriesInto, inputOf, Person } from './entries';
import { REDUCTION, REDUCTIONS } from './stage';

const OPTIONS = { now: '2023-06-30T04:00:00.000Z' };
/** Reductions and expenditures, and what is covered with them. */
const FOUR_EYES = [...REDUCTIONS, { action: 'recordExpenditure', closedOnly: false }];

let api: TestApi;
/** The same ledger without four eyes. */
let plain: TestApi;
let tokens: Record<'one' | 'two' | 'clerk', string>;
beforeAll(async () => {
  api = await startApi({ ...OPTIONS, fourEyes: FOUR_EYES });
  plain = await startApi({ ...OPTIONS, eventStore: () => notClosing(api.eventStore) });
  const finance = (sub: string, roles = ['finance']) => api.token({ sub, name: sub, roles });
  tokens = { one: await finance('u-1'), two: await finance('u-2'), clerk: await finance('u-0', ['admin', 'finance']) };
  const line = { code: 'A', name: '甲', fundSource: 'GENERAL_PUBLIC_BUDGET', amount: '100' };
  await send('registerDepartment', { code: 'D1', name: '市政数局' }, 'position', tokens.clerk);
  const approval = { department: 'D1', fiscalYear: 2023, lines: [line] };
  await send('approveBudget', approval, 'position', tokens.clerk);
});
afterAll(async () => {
  await plain.close();
  await api.close();
});

const send = async (mutation: string, input: object, fields: string, token: string, dryRun = false): Promise<any> =>
  (
    await api.data(
      `mutation($input: ${inputOf(mutation)}!, $dryRun: Boolean) { ${mutation}(input: $input, dryRun: $dryRun) { ${fields} } }`,
      { input, dryRun },
      token,
    )
  )[mutation];

const PROPOSED =
  'needsProposal changes { type } budget { revised } proposal { code status preview { fields { path before after } rule } }';

test('a command becomes a proposal, and the proposal a change that both persons are found by', async () => {
  const shown = await send('reduceBudget', REDUCTION, `dryRun ${PROPOSED}`, tokens.one, true);
  expect(shown).toMatchObject({ dryRun: true, needsProposal: true, proposal: null, budget: { revised: '90.00' } });

  const { proposal, ...rest } = await send('reduceBudget', REDUCTION, PROPOSED, tokens.one);
  expect(rest).toEqual({ needsProposal: true, changes: [], budget: { revised: '100.00' } });
  expect(proposal).toMatchObject({ status: 'WAITING', preview: { rule: null } });
  expect(proposal.preview.fields).toContainEqual({ path: '/revised', before: '100.00', after: '90.00' });

  const { code } = proposal;
  const rehearsed = await send(
    'confirmProposal',
    { code },
    'dryRun proposal { status change { type } } changes { type }',
    tokens.two,
    true,
  );
  expect(rehearsed).toEqual({
    dryRun: true,
    proposal: { status: 'CONFIRMED', change: { type: 'BudgetReduced' } },
    changes: [{ type: 'ProposalConfirmed' }, { type: 'BudgetReduced' }],
  });

  const confirmed = await send(
    'confirmProposal',
    { code },
    'proposal { status preview { rule } change { type actor { sub } confirmedBy { sub } proposal { code } } }',
    tokens.two,
  );
  expect(confirmed.proposal).toEqual({
    status: 'CONFIRMED',
    preview: null,
    change: { type: 'BudgetReduced', actor: { sub: 'u-1' }, confirmedBy: { sub: 'u-2' }, proposal: { code } },
  });

  const exported = await fetch(`${api.url}/changes.ndjson?types=BudgetReduced`, {
    headers: { authorization: `Bearer ${tokens.two}` },
  });
  const [line = ''] = (await exported.text()).split('\n');
  expect(JSON.parse(line)).toMatchObject({ actor: { sub: 'u-1' }, confirmedBy: { sub: 'u-2' }, proposal: code });

  const found = await api.data(
    `{
      proposals(status: [CONFIRMED], department: "D1", command: ["reduceBudget"]) { totalCount nodes { code departmentCode department { name } fiscalYear revision } }
      asOf(at: { position: "3" }) { proposal(code: "${code}") { status decidedAt } }
      changes(filter: { actors: ["u-2"] }) { nodes { type } }
    }`,
    {},
    tokens.two,
  );
  expect(found).toMatchObject({
    proposals: {
      totalCount: 1,
      nodes: [{ code, departmentCode: 'D1', department: { name: '市政数局' }, fiscalYear: 2023, revision: 3 }],
    },
    asOf: { proposal: { status: 'WAITING', decidedAt: null } },
    changes: { nodes: [{ type: 'ProposalClaimed' }, { type: 'BudgetReduced' }, { type: 'ProposalConfirmed' }] },
  });
});

test('a rejection needs a reason', async () => {
  const { proposal } = await send('reduceBudget', REDUCTION, PROPOSED, tokens.one);
  const mutation =
    'mutation($input: DecideProposalInput!) { rejectProposal(input: $input) { proposal { status reason } } }';
  const refused = await api.ask(mutation, { input: { code: proposal.code, reason: ' ' } }, tokens.two);
  expect(refused.errors?.[0]?.extensions).toMatchObject({
    code: 'BAD_USER_INPUT',
    violations: [{ path: '/input/reason' }],
  });
  const rejected = await api.data(mutation, { input: { code: proposal.code, reason: '不同意' } }, tokens.two);
  expect(rejected).toEqual({ rejectProposal: { proposal: { status: 'REJECTED', reason: '不同意' } } });
});

describe('a caller of some departments', () => {
  let other: TestApi;
  beforeAll(async () => {
    const fourEyes = [...REDUCTIONS, { action: 'registerDepartment', closedOnly: false }];
    other = await startApi({ ...OPTIONS, eventStore: () => notClosing(api.eventStore), fourEyes });
  });
  afterAll(() => other.close());
  const ask = (query: string, token: string, variables = {}) => other.data(query, variables, token);

  test('sees the proposals of its departments in the list, also of one that is not registered yet', async () => {
    const admin = await other.token({ roles: ['admin'], departments: ['D9*'] });
    await other.write('registerDepartment', { code: 'D91', name: '新局' }, 'position', admin);
    const { proposals } = await ask('{ proposals { totalCount nodes { departmentCode department { code } } } }', admin);
    expect(proposals).toEqual({ totalCount: 1, nodes: [{ departmentCode: 'D91', department: null }] });
    const elsewhere = await other.token({ roles: ['auditor'], departments: ['D8*'] });
    expect((await ask('{ proposals { totalCount } }', elsewhere)).proposals.totalCount).toBe(0);
  });

  test('that may not read the department decides on a proposal, and gets the position only', async () => {
    const { proposal } = await send('reduceBudget', REDUCTION, PROPOSED, tokens.one);
    const blind = await other.token({
      sub: 'u-blind',
      roles: ['finance'],
      departments: ['D1'],
      readDepartments: ['D2'],
    });
    const confirm = `mutation($input: DecideProposalInput!, $dryRun: Boolean) { confirmProposal(input: $input, dryRun: $dryRun) {
      projected dryRun proposal { input } changes { data }
    } }`;
    const nothing = { projected: false, proposal: null, changes: [] };
    for (const dryRun of [true, false]) {
      const answer = await ask(confirm, blind, { input: { code: proposal.code }, dryRun });
      expect(answer.confirmProposal).toEqual({ ...nothing, dryRun });
    }
    expect(await ask(`{ proposal(code: "${proposal.code}") { status } }`, tokens.two)).toEqual({
      proposal: { status: 'CONFIRMED' },
    });
  });
});

/** The forms in which a named command comes: alone, in bulk, and as a correction that makes a fact larger. */
const FORMS: readonly (readonly [string, string, (change: string) => object])[] = [
  ['one fact', 'recordExpenditure', () => ({ ...EXPENSE, amount: '1' })],
  ['a bulk form', 'recordExpenditures', () => ({ ...YEAR, items: [{ line: 'A', amount: '1' }] })],
  ['a correction that makes it larger', 'correctBudgetFact', (change) => ({ ...EXPENSE, change, amount: '5' })],
];

const YEAR = { department: 'D1', fiscalYear: 2023 };
const EXPENSE = { ...YEAR, line: 'A' };
const CASES = entriesInto(() => api).flatMap(([entry, enter]) =>
  FORMS.map(([form, mutation, inputFor]) => ({ entry, enter, form, mutation, inputFor })),
);
const PERSONS = {
  proposer: { sub: 'u-11', name: '甲', roles: ['editor'] },
  /** Another token of the same person. */
  sameAgain: { sub: 'u-11', name: '甲（另一令牌）', roles: ['editor', 'finance', 'admin'] },
  second: { sub: 'u-12', name: '乙', roles: ['editor'] },
  unfit: { sub: 'u-13', name: '丙', roles: ['finance'] },
} satisfies Record<string, Person>;

test.each(CASES)('$form over $entry waits for a second person', async ({ enter, mutation, inputFor }) => {
  const { proposer, sameAgain, second, unfit } = PERSONS;
  const fact = await plain.write('recordExpenditure', { ...EXPENSE, amount: '1' }, 'changes { eventId }');
  const input = { ...inputFor(fact.changes[0].eventId), idempotencyKey: `key-${randomUUID()}` };
  const head = () => api.eventStore.head();
  const before = await head();

  const dry = await enter({ mutation, input, person: proposer, dryRun: true });
  expect(dry).toMatchObject({ dryRun: true, needsProposal: true, proposal: null });
  expect(await head()).toBe(before);

  const waiting = await enter({ mutation, input, person: proposer });
  expect(waiting).toMatchObject({ needsProposal: true, changes: [], proposal: { status: 'WAITING' } });
  const { code } = waiting.proposal;
  const proposed = await head();
  expect(await api.eventStore.head()).toBe(before + 1n);
  // Sent again, it is the same proposal, also as a dry run.
  for (const dryRun of [false, true]) {
    const again = await enter({ mutation, input, person: proposer, dryRun });
    expect(again).toMatchObject({ needsProposal: true, changes: [], proposal: { code } });
  }
  const confirm = (person: Person) => enter({ mutation: 'confirmProposal', input: { code }, person });
  expect(await confirm(proposer)).toEqual({ refused: 'OWN_PROPOSAL' });
  expect(await confirm(sameAgain)).toEqual({ refused: 'OWN_PROPOSAL' });
  expect(await confirm(unfit)).toEqual({ refused: 'FORBIDDEN' });
  expect(await head()).toBe(proposed);

  const [decided, recorded] = (await confirm(second)).changes;
  expect([decided, recorded]).toEqual([
    { type: 'ProposalConfirmed' },
    { type: expect.stringMatching(/^(Exp|BudgetFactC)/) },
  ]);
  expect(await confirm(second)).toEqual({ refused: 'PROPOSAL_DECIDED' });
  // The claim, the fact and the confirmation.
  expect(await head()).toBe(proposed + 3n);
});

test.each(IMPORT_ENTRIES)('a payment over %s waits for a second person', async (_entry, imported) => {
  const payments = { ...YEAR, rows: [[`记-${randomUUID()}`, '1']] } as const;
  const send = async (dryRun: boolean) =>
    JSON.parse(await imported({ api, token: await api.token(PERSONS.proposer) }, { ...payments, dryRun }));
  const before = await api.eventStore.head();
  expect(await send(true)).toMatchObject({ status: 'DRY_RUN', facts: [{ result: 'WOULD_PROPOSE' }] });
  expect(await api.eventStore.head()).toBe(before);
  const waiting = { status: 'WAITING', facts: [{ action: 'recordExpenditures', result: 'PROPOSED' }] };
  // Sent again, it is the same proposal.
  for (let time = 0; time < 2; time++) expect(await send(false)).toMatchObject(waiting);
  expect(await api.eventStore.head()).toBe(before + 1n);

  const listed = await api.data('{ proposals(status: [WAITING], command: ["recordExpenditures"]) { nodes { code } } }');
  const [{ code }, ...others] = listed.proposals.nodes;
  expect(others).toEqual([]);
  const [, enter] = entriesInto(() => api)[0]!;
  const confirm = (person: Person) => enter({ mutation: 'confirmProposal', input: { code }, person });
  expect(await confirm(PERSONS.sameAgain)).toEqual({ refused: 'OWN_PROPOSAL' });
  expect(await confirm(PERSONS.unfit)).toEqual({ refused: 'FORBIDDEN' });
  const { changes } = await confirm(PERSONS.second);
  expect(changes).toEqual([{ type: 'ProposalConfirmed' }, { type: 'ExpenditureRecorded' }]);
  expect(await send(false)).toMatchObject({ status: 'RECORDED', facts: [] });
});

test(
  'whatever commands a random history has: if all actions are named, none of them is recorded at once',
  () =>
    fc.assert(
      fc.asyncProperty(historyArbitrary(20), async (history) => {
        const whole = await startApi(OPTIONS);
        const names = ACTION_NAMES.filter((name) => !ON_PROPOSALS.some((decision) => decision === name));
        const strict = await startApi({
          ...OPTIONS,
          eventStore: () => notClosing(whole.eventStore),
          fourEyes: names.map((action) => ({ action, closedOnly: false })),
        });
        let held = 0;
        const ask: TestApi['ask'] = async (query, variables = {}, sub = 'u-1') => {
          const token = await whole.token({ sub });
          const [, mutation] = /^\s*(\w+)\(input/m.exec(query) ?? [];
          if (mutation !== undefined) {
            strict.clock.set(new Date(whole.clock.now()).toISOString());
            const input = { ...(variables as { input: object }).input, idempotencyKey: randomUUID() };
            const answer = await strict.ask(documentOf({ mutation }), { input, dryRun: true }, token);
            if (answer.errors === undefined) {
              expect([mutation, answer.data[mutation]]).toMatchObject([mutation, { needsProposal: true }]);
              held++;
            }
          }
          return whole.ask(query, variables, token);
        };
        try {
          await play(history, { sent: [], ask, head: () => whole.eventStore.head() }, whole.clock);
          expect(held).toBeGreaterThan(0);
        } finally {
          await strict.close();
          await whole.close();
        }
      }),
      runs(3),
    ),
  PROPERTY_TIMEOUT_MS,
);
