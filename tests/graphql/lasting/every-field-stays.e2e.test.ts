import { GraphQLField } from 'graphql';
import { BeyondExtensions } from '../../../src/graphql/lasting/looks-beyond';
import { hashOf } from '../../../src/graphql/trusted-documents/manifest';
import { everyFieldOf, NODE_TYPES } from '../../clients/every-field';
import { At, Operation, questionAt, startWorld, World } from '../../clients/world';
import { conditionalGet, GetRequest, tagOf } from '../../support/conditional-get';
import { RawAnswer } from '../../support/raw-request';

/** Every field that has a tag is asked for, the ledger goes on in every way, and the field is asked for again. */

const staysTheSame = ({ extensions }: GraphQLField<unknown, unknown>): boolean =>
  (extensions as BeyondExtensions).looksBeyond === undefined;

const questionOf = (type: string, at: At): Operation => questionAt(type, at, everyFieldOf(type, staysTheSame));

/** Too long for an address, so they are named by their hashes. */
const listed = NODE_TYPES.map((type) => questionOf(type, {}).document).map((text) => ({ hash: hashOf(text), text }));

const CLOCKS = ['past', 'the past, effective early', 'today, by position', 'today, effective early'] as const;

let world: World;
const before = new Map<string, RawAnswer>();

beforeAll(async () => {
  world = await startWorld({ trust: { mode: 'log', listed, onUnlisted: () => undefined } });
  for (const type of NODE_TYPES) for (const clock of CLOCKS) before.set(`${type} ${clock}`, await ask(type, clock));
  await goOn(world);
});
afterAll(() => world.api.close());

async function ask(type: string, clock: string, headers: Record<string, string> = {}): Promise<RawAnswer> {
  const { document, variables } = questionOf(type, world.moments[clock]!);
  const request: GetRequest = { documentId: hashOf(document), variables };
  return conditionalGet(world.api.url, await world.api.token(), request, headers);
}

async function goOn({ api }: World): Promise<void> {
  const year = { department: 'D1', fiscalYear: 2023 };
  const { changes } = await api.write('recordExpenditure', {
    ...year,
    line: 'L1',
    amount: '2.00',
    effectiveAt: '2023-01-20',
  });
  await api.write('correctBudgetFact', { ...year, change: changes[0].id, amount: '3.00', reason: '更正' });
  const first = await api.data(
    '{ budget(department: "D1", fiscalYear: 2023) { entries(first: 1, kinds: [EXPENDITURE]) { nodes { change { id } } } } }',
  );
  const old = first.budget.entries.nodes[0].change.id as string;
  await api.write('correctBudgetFact', {
    ...year,
    change: old,
    amount: '29.00',
    effectiveAt: '2023-01-15',
    reason: '再更正',
  });
  await api.write('reduceBudget', { ...year, line: 'L1', amount: '1.00', reason: '再压减' }, 'needsProposal');
  await api.write('recordObservation', { code: 'I1', observedOn: '2023-01-31', value: '7' });
  await api.write('renameDepartment', { code: 'D1', name: '数据局', effectiveAt: '2023-01-11' });
  await api.write('completeTask', { code: 'T1', completedOn: '2023-01-31' });
  const scored = {
    code: 'A',
    name: '支出率',
    points: '100',
    rule: 'EXECUTION_RATE',
    parameters: { denominator: 'OPENING' },
  };
  await api.write('publishScoringTemplate', { code: 'S1', department: 'D1', name: '又一版', lines: [scored] });
  await api.write('submitEvaluation', { ...year, selfScore: '90' });
  await api.write('registerDepartment', { code: 'D0', name: '新局' });
  await api.write('closeBudget', year);
  api.clock.move(500 * 86_400_000);
}

describe.each(NODE_TYPES)('every field of %s', (type) => {
  test.each(CLOCKS)('has the same tag and the same bytes after the ledger has gone on, as of %s', async (clock) => {
    const then = before.get(`${type} ${clock}`)!;
    expect({ status: then.status, tag: tagOf(then) }).toEqual({ status: 200, tag: expect.stringMatching(/^"/) });
    const now = await ask(type, clock);
    expect(now.body.toString()).toBe(then.body.toString());
    expect(tagOf(now)).toBe(tagOf(then));
    expect((await ask(type, clock, { 'if-none-match': tagOf(then)! })).status).toBe(304);
  });
});
