import { ApiOptions, startApi, TestApi } from '../support/api';
import { everyFieldOf, PROPOSAL, PROPOSED } from './every-field';

/** The moment of a query: the argument of asOf, or null for the present. */
export type At = Readonly<Record<string, string>> | null;

export interface World {
  readonly api: TestApi;
  /** Moments that differ in one part each: the position, the effective moment, or the known moment. */
  readonly moments: Readonly<Record<string, At>>;
  /** The input of the last correction, under an idempotency key. */
  readonly correction: Readonly<Record<string, unknown>>;
}

const BUDGET = { department: 'D1', fiscalYear: 2023 };

/** A ledger with facts, corrections and overdue tasks, and moments that see it differently. */
export async function startWorld(options: Pick<ApiOptions, 'trust' | 'telemetry'> = {}): Promise<World> {
  const api = await startApi({
    ...options,
    now: '2023-01-10T00:00:00.000Z',
    fourEyes: [{ action: 'reduceBudget', closedOnly: false }],
  });
  const write = async (mutation: string, input: object) => (await api.write(mutation, input)).changes[0];
  await write('registerDepartment', { code: 'D1', name: '市政数局', functions: ['数据'] });
  const line = { code: 'L1', name: '基本支出', fundSource: 'GENERAL_PUBLIC_BUDGET', amount: '100.00' };
  await write('approveBudget', { ...BUDGET, lines: [line], goals: ['建成'] });
  const milestones = [{ code: 'M1', title: '一期' }];
  await write('planTask', { code: 'T1', ...BUDGET, title: '平台', dueOn: '2023-06-30', milestones });
  const indicator = { level1: 'OUTPUT', level2: 'QUANTITY', direction: 'AT_LEAST', target: '10' };
  await write('defineIndicator', { code: 'I1', ...BUDGET, name: '接通率', task: 'T1', ...indicator });
  const scored = { code: 'A', name: '支出率', points: '100', rule: 'EXECUTION_RATE' };
  const lines = [{ ...scored, parameters: { denominator: 'REVISED' } }];
  await write('publishScoringTemplate', { code: 'S1', department: 'D1', name: '模板', lines });
  await write('openEvaluation', { ...BUDGET, template: 'S1' });
  api.clock.set('2023-04-01T00:00:00.000Z');
  const paid = await write('recordExpenditure', { ...BUDGET, line: 'L1', amount: '30.00', payee: '甲' });
  const observed = await write('recordObservation', { code: 'I1', observedOn: '2023-03-31', value: '9' });
  await write('supplementBudget', { ...BUDGET, line: 'L1', amount: '5.00' });
  const reduction = { ...BUDGET, line: 'L1', amount: '1.00', reason: '压减', idempotencyKey: PROPOSED };
  await api.write('reduceBudget', reduction, 'needsProposal');
  const early = await api.write('submitEvaluation', { ...BUDGET, selfScore: '80' });
  api.clock.set('2023-09-01T00:00:00.000Z');
  const correction = { ...BUDGET, change: paid.id, amount: '31.00', reason: '误记', idempotencyKey: 'correction' };
  await write('correctBudgetFact', correction);
  await write('correctObservation', { code: 'I1', observation: observed.id, value: '11' });
  await write('renameDepartment', { code: 'D1', name: '政务和数据局' });
  await write('reportTaskProgress', { code: 'T1', progress: '50' });
  const confirm = `mutation { confirmProposal(input: { code: "${PROPOSAL}" }) { position } }`;
  await api.data(confirm, {}, await api.token({ sub: 'u-second' }));
  await write('returnEvaluation', BUDGET);
  await write('publishScoringTemplate', { code: 'S1', department: 'D1', name: '模板（修订）', lines });
  api.clock.set('2023-12-01T00:00:00.000Z');
  const position = String(early.position);
  return {
    api,
    correction,
    moments: {
      present: null,
      past: { position },
      'the past, before the due date': { knownAt: '2023-06-01' },
      'the past, after the due date': { knownAt: '2023-08-01' },
      'the past, effective early': { position, effectiveAt: '2023-02-01' },
      'the past, effective late': { position, effectiveAt: '2023-11-01' },
      'the past, on all clocks': { knownAt: '2023-08-01', effectiveAt: '2023-11-01' },
      'today, effective early': { position: await headOf(api), effectiveAt: '2023-02-01' },
      'today, by position': { position: await headOf(api) },
    },
  };
}

const headOf = async (api: TestApi): Promise<string> => (await api.data('{ ledger { head } }')).ledger.head;

/** How each type of node is reached, both from the query and from a snapshot; asOf returns the snapshot itself. */
const REACHED: Readonly<Record<string, (every: string) => string>> = {
  Department: (every) => `department(code: "D1") { id ${every} }`,
  Budget: (every) => `budget(department: "D1", fiscalYear: 2023) { id ${every} }`,
  Task: (every) => `task(code: "T1") { id ${every} }`,
  Indicator: (every) => `indicator(code: "I1") { id ${every} }`,
  Evaluation: (every) => `evaluation(department: "D1", fiscalYear: 2023) { id ${every} }`,
  ScoringTemplate: (every) =>
    `scoringTemplate(code: "S1") { id ${every} } evaluation(department: "D1", fiscalYear: 2023) { id template { id ${every} } }`,
  Proposal: (every) => `proposal(code: "${PROPOSAL}") { id ${every} } proposals(first: 8) { nodes { id ${every} } }`,
  Observation: (every) => `indicator(code: "I1") { id latest { id ${every} } observations { id ${every} } }`,
  Change: (every) =>
    `budget(department: "D1", fiscalYear: 2023) { id history(first: 20) { nodes { id ${every} } } }
     indicator(code: "I1") { id lastChange { id ${every} } observations { id corrections { id ${every} } } }`,
  Snapshot: (every) => every,
};

/** An operation of a client. Its name ends as Relay requires. */
export interface Operation {
  readonly name: string;
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** All fields of every object of the type, or those of `every`, at a moment. */
export function questionAt(type: string, at: At, every = everyFieldOf(type)): Operation {
  const reach = REACHED[type];
  if (reach === undefined) throw new Error(`Say in REACHED how a client reaches ${type}`);
  const inside = reach(every);
  if (at === null && type !== 'Snapshot') {
    return { name: `Every${type}NowQuery`, variables: {}, document: `query Every${type}NowQuery { ${inside} }` };
  }
  const name = `Every${type}AsOfQuery`;
  const document = `query ${name}($at: AsOfInput!) { asOf(at: $at) { id ${inside} } }`;
  return { name, variables: { at: at ?? {} }, document };
}

/** All fields of the object behind an id. */
export const nodeQuestion = (type: string, id: string): Operation => ({
  name: `Every${type}NodeQuery`,
  variables: { id },
  document: `query Every${type}NodeQuery($id: ID!) { node(id: $id) { __typename id ${everyFieldOf(type)} } }`,
});

/**
 * All fields of the changes that no entity leads to: the items of the feed, and those of diffs between two moments, in both
 * directions.
 */
export function changesBeside({ moments }: World): readonly Operation[] {
  const change = everyFieldOf('Change');
  const [early, late] = [moments.past, moments['today, by position']];
  const diff = (from: At | undefined, to: At | undefined): Operation => ({
    name: 'EveryChangeInDiffQuery',
    variables: { from, to },
    document: `query EveryChangeInDiffQuery($from: AsOfInput!, $to: AsOfInput!) {
      diff(from: $from, to: $to, first: 10) { nodes { entity changes { id ${change} } } }
    }`,
  });
  const feed = `query EveryChangeInFeedQuery { changes(first: 30) { nodes { id ${change} } } }`;
  return [{ name: 'EveryChangeInFeedQuery', variables: {}, document: feed }, diff(early, late), diff(late, early)];
}

/** Every way in which a client of the world reads objects of the type. */
export const questionsOf = (world: World, type: string): readonly Operation[] => [
  ...Object.values(world.moments).map((at) => questionAt(type, at)),
  ...(type === 'Change' ? changesBeside(world) : []),
];
