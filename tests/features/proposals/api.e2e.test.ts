import { startApi, TestApi } from '../../support/api';
import { REDUCTION, REDUCTIONS } from './stage';

let api: TestApi;
let tokens: Record<'one' | 'two' | 'clerk', string>;
beforeAll(async () => {
  api = await startApi({ now: '2023-06-30T04:00:00.000Z', fourEyes: REDUCTIONS });
  const finance = (sub: string, roles = ['finance']) => api.token({ sub, name: sub, roles });
  tokens = { one: await finance('u-1'), two: await finance('u-2'), clerk: await finance('u-0', ['admin', 'finance']) };
  const line = { code: 'A', name: '甲', fundSource: 'GENERAL_PUBLIC_BUDGET', amount: '100' };
  await send('registerDepartment', { code: 'D1', name: '市政数局' }, 'position', tokens.clerk);
  const approval = { department: 'D1', fiscalYear: 2023, lines: [line] };
  await send('approveBudget', approval, 'position', tokens.clerk);
});
afterAll(() => api.close());

const inputOf = (mutation: string) =>
  mutation.endsWith('Proposal') ? 'DecideProposalInput' : `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;

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
