import { createSourceEventStream, execute, parse } from 'graphql';
import { schema } from '../../src/app/features';
import { DepartmentScope } from '../../src/auth/department-scope';
import { Role } from '../../src/auth/principal';
import { RequestContext } from '../../src/graphql/context';
import { Refused } from '../../src/kernel/refusal';
import { encodeId } from '../../src/reading/ids';
import { TestClock } from '../support/clock';
import { startLedger, TestLedger } from '../support/ledger';

/** A caller without a role of this ledger reads nothing, whatever departments its token names. */

let whole: TestLedger;
beforeAll(async () => {
  whole = await startLedger({ clock: new TestClock('2023-06-30T04:00:00.000Z') });
});
afterAll(() => whole.close());

const argsFor = (text: string, ...roles: readonly Role[]) => ({
  schema,
  document: parse(text),
  contextValue: new RequestContext(whole.ledger.services, {
    principal: { sub: 'u-1', roles, departments: DepartmentScope.ALL, readDepartments: DepartmentScope.ALL },
    correlationId: 'a-request',
  }),
});

const NOW_ID = encodeId({ type: 'DEPARTMENT', code: 'D1' });
/** Of a snapshot: it is read without the present. */
const THEN_ID = encodeId({ type: 'SNAPSHOT', at: { position: 0n } });
const YEAR = '(department: "D1", fiscalYear: 2023) { __typename }';
const CODE = '(code: "D1") { __typename }';
const LIST = '{ __typename }';

/** By the name of the root field. */
const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  asOf: ['(at: {}) { position }', '(at: { position: "0" }) { position }'],
  budget: [YEAR],
  budgets: [`(fiscalYear: 2023) ${LIST}`],
  changes: [LIST],
  department: [CODE],
  departments: [LIST],
  diff: [`(from: { position: "0" }) ${LIST}`, `(from: { position: "0" }, to: { position: "0" }) ${LIST}`],
  evaluation: [YEAR],
  evaluations: [LIST],
  indicator: [CODE],
  indicators: [LIST],
  ledger: ['{ timeZone }'],
  monitoring: [YEAR],
  node: [`(id: "${NOW_ID}") { id }`, `(id: "${THEN_ID}") { id }`],
  nodes: [`(ids: ["${NOW_ID}"]) { id }`, `(ids: ["${THEN_ID}"]) { id }`, '(ids: []) { id }'],
  proposal: [CODE],
  proposals: [LIST],
  reads: [LIST],
  scoringTemplate: [CODE],
  scoringTemplates: [LIST],
  scoringTemplatesPage: [LIST],
  task: [CODE],
  tasks: [LIST],
  totals: ['(fiscalYear: 2023) { __typename }'],
  webhookAttempts: ['(webhook: "a") { __typename }'],
  webhooks: [LIST],
};

test('each root field is in the table, except the one that says what a caller may do', () => {
  const fields = Object.keys(schema.getQueryType()!.getFields());
  expect(Object.keys(QUESTIONS).sort()).toEqual(fields.filter((name) => name !== 'viewer').sort());
});

test.each(Object.entries(QUESTIONS).flatMap(([name, asked]) => asked.map((rest) => name + rest)))(
  '%s is refused',
  async (field) => {
    const { errors } = await execute(argsFor(`{ ${field} }`));
    expect(errors).toHaveLength(1);
    expect((errors![0]!.originalError as Refused).refusal.kind).toBe('FORBIDDEN');
  },
);

test('the feed is refused', async () => {
  for (const after of ['', '(after: "0")']) {
    const opened = await createSourceEventStream(argsFor(`subscription { changes${after} { __typename } }`));
    expect(opened).toMatchObject({ errors: [{ originalError: { refusal: { kind: 'FORBIDDEN' } } }] });
  }
});

test('with a role, the same is answered', async () => {
  for (const field of ['ledger{ timeZone }', `nodes${QUESTIONS.nodes![1]!}`, `asOf${QUESTIONS.asOf![1]!}`]) {
    expect((await execute(argsFor(`{ ${field} }`, 'analyst'))).errors).toBeUndefined();
  }
});
