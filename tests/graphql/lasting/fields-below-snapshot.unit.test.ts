import { getNamedType, GraphQLField, GraphQLNamedType, isAbstractType, isObjectType } from 'graphql';
import { schema } from '../../../src/app/features';
import { BeyondExtensions } from '../../../src/graphql/lasting/looks-beyond';

/**
 * An answer below `asOf` at a position gets an entity tag, and is not executed again for a client that has it. So every field there either
 * depends on nothing but its snapshot, or has the mark `LooksBeyond`. If you have added a field: does its value depend on the head, the clock,
 * what is signed later, or what nobody has recorded? Then mark it. Else add it here.
 */
const STAYS: Readonly<Record<string, string>> = {
  Actor: 'name sub',
  Alert: 'entity entityType level rule text threshold value',
  BridgeLeg: 'amount line',
  BridgeStep: 'amount change documentNo effectiveAt legs revisedAfter',
  BridgeStepConnection: 'edges nodes pageInfo',
  BridgeStepEdge: 'cursor node',
  Budget: [
    'adjustment blame blamePage bridge bridgePage carriedOut carryOverPending closed department entries executed',
    'executionRate fiscalYear goals goalsPage history id lastChange lines linesPage opening remaining revised',
    'revision series',
  ].join(' '),
  BudgetConnection: 'edges nodes pageInfo totalCount',
  BudgetEdge: 'cursor node',
  BudgetLine: [
    'adjustment carriedOut code economicCode executed executionRate expenditureKind functionCode fundSource name',
    'opening projectCode remaining revised vintage',
  ].join(' '),
  BudgetLineConnection: 'edges nodes pageInfo',
  BudgetLineEdge: 'cursor node',
  BudgetPoint: 'at executed opening revised',
  Change: [
    'actor causationId confirmedBy corrections correctionsPage corrects correlationId data department documentNo',
    'dryRun effectiveAt entity entityType eventId evidence fields fieldsPage fiscalYear id leafHash leafIndex',
    'position proposal reason recordedAt reverses revision sequence storedAt subject type',
  ].join(' '),
  ChangeConnection: 'edges nodes pageInfo position',
  ChangeEdge: 'cursor node',
  Department: [
    'blame blamePage budget code evaluation fiscalYears functions history id indicators lastChange level name',
    'revision tasks',
  ].join(' '),
  DepartmentConnection: 'edges nodes pageInfo totalCount',
  DepartmentEdge: 'cursor node',
  Entry: [
    'amount amountFirstRecorded change corrections correctionsPage counterpart documentNo effectiveAt',
    'effectiveAtFirstRecorded kind line memo overrun payee payer remainingAmount reversals reversalsPage',
    'reversedBy state toLine',
  ].join(' '),
  EntryConnection: 'edges nodes pageInfo',
  EntryEdge: 'cursor node',
  Evaluation: [
    'blame blamePage computedScore conclusion department fiscalYear grade history id improvements lastChange',
    'problems published reviewScore revises revision round scoredAt scoredEffectiveAt scores selfScore status',
    'template',
  ].join(' '),
  EvaluationConnection: 'edges nodes pageInfo totalCount',
  EvaluationEdge: 'cursor node',
  Evidence: 'sha256 title uri',
  FieldChange: 'after before path',
  FieldChangeConnection: 'edges nodes pageInfo',
  FieldChangeEdge: 'cursor node',
  FieldOrigin: 'change path value',
  FieldOriginConnection: 'edges nodes pageInfo',
  FieldOriginEdge: 'cursor node',
  GoalConnection: 'edges nodes pageInfo',
  GoalEdge: 'cursor node',
  InclusionProof: 'hashes leafIndex treeSize',
  Indicator: [
    'baseline blame blamePage code completionRate department direction fiscalYear history id lastChange latest',
    'level1 level2 name observations observationsPage points reached retired revision series target targetUpper',
    'task unit',
  ].join(' '),
  IndicatorConnection: 'edges nodes pageInfo totalCount',
  IndicatorEdge: 'cursor node',
  IndicatorPoint: 'at qualifier reached value',
  LineScore: 'applicable changes deviationReason improvement inputs line reason score scoredBy',
  Milestone: 'code dueOn reachedOn title',
  Monitoring: 'alerts budgetProgress goalProgress timeProgress',
  Observation: 'change corrected corrections correctionsPage id observedOn qualifier source text value',
  ObservationConnection: 'edges nodes pageInfo',
  ObservationEdge: 'cursor node',
  PageInfo: 'endCursor hasNextPage hasPreviousPage startCursor',
  Proposal: [
    'blame blamePage change code command decidedAt decidedBy department departmentCode fiscalYear history id',
    'input lastChange proposedAt proposedBy reason revision status',
  ].join(' '),
  ProposalConnection: 'edges nodes pageInfo totalCount',
  ProposalEdge: 'cursor node',
  PublishedRound: 'change computedScore conclusion grade reviewScore round scores selfScore',
  ScoringLine: 'code name parameters parent points reasonBelowFull rule',
  ScoringTemplate: [
    'blame blamePage code department history id lastChange lines name revision totalPoints unofficial version',
  ].join(' '),
  ScoringTemplateConnection: 'edges nodes pageInfo totalCount',
  ScoringTemplateEdge: 'cursor node',
  Snapshot: [
    'budget budgets department departments effectiveAt evaluation evaluations id indicator indicators knownAt',
    'monitoring nodes position proposal proposals scoringTemplate scoringTemplates scoringTemplatesPage task',
    'tasks totals',
  ].join(' '),
  Task: [
    'blame blamePage code completedOn department dueOn fiscalYear goal history id indicators indicatorsPage',
    'lastChange milestones overdue parent progress revision series startOn status subtasks subtasksPage title',
    'weight',
  ].join(' '),
  TaskConnection: 'edges nodes pageInfo totalCount',
  TaskEdge: 'cursor node',
  TaskPoint: 'at progress status',
  TotalsRow: 'adjustment budgets carriedOut executed executionRate keys opening remaining revised',
};

/** The fields with the mark. */
const LOOKS_BEYOND: readonly string[] = [
  'Change.inclusionProof',
  'Department.trialScores',
  'Evaluation.wouldBe',
  'InclusionProof.checkpoint',
  'Proposal.preview',
  'Snapshot.checkpoint',
];

type Field = GraphQLField<unknown, unknown>;

const markOf = ({ extensions }: Field) => (extensions as BeyondExtensions).looksBeyond;

/** Also if the tree is not larger than the snapshot. */
const alwaysLooksBeyond = (field: Field): boolean => markOf(field)?.({ treeSize: '1' }, 1n) === true;

/** The fields of object types that a question below `asOf` reaches, without what is only below a field that always looks beyond. */
function reached(type: GraphQLNamedType, found = new Map<string, Field>()): ReadonlyMap<string, Field> {
  const types = isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
  for (const object of types) {
    for (const field of Object.values(object.getFields())) {
      const name = `${object.name}.${field.name}`;
      if (found.has(name)) continue;
      found.set(name, field);
      if (!alwaysLooksBeyond(field)) reached(getNamedType(field.type), found);
    }
  }
  return found;
}

const FIELDS = reached(schema.getType('Snapshot')!);

test('every field below asOf says whether it looks beyond its snapshot', () => {
  const stays = Object.entries(STAYS).flatMap(([type, names]) => names.split(' ').map((name) => `${type}.${name}`));
  const namesOf = (isMarked: boolean) =>
    [...FIELDS].flatMap(([name, field]) => ((markOf(field) !== undefined) === isMarked ? [name] : [])).sort();
  expect(namesOf(false)).toEqual(stays.sort());
  expect(namesOf(true)).toEqual(LOOKS_BEYOND);
});

test.each<[object, bigint, boolean]>([
  [{}, 5n, true],
  [{ treeSize: null }, 5n, true],
  [{ treeSize: '6' }, 5n, true],
  [{ treeSize: 'many' }, 5n, true],
  [{ treeSize: '5' }, 5n, false],
  [{ treeSize: '1' }, 5n, false],
])('a proof with the arguments %j at a snapshot of %s events looks beyond it: %s', (args, events, expected) => {
  expect(markOf(FIELDS.get('Change.inclusionProof')!)?.({ ...args }, events)).toBe(expected);
});
