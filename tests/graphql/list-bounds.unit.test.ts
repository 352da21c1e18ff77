import {
  buildSchema,
  getNamedType,
  getNullableType,
  GraphQLArgument,
  GraphQLInputType,
  GraphQLSchema,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  isRequiredInputField,
} from 'graphql';
import { schema } from '../../src/app/features';
import { TOTALS_DIMENSIONS } from '../../src/features/budgets/sums/dimensions';
import { guardsOf } from '../../src/graphql/execution/guards';
import { EVERY_KIND } from '../../src/graphql/execution/operation-kinds';
import { ROLES } from '../../src/auth/principal';
import { ACTION_NAMES } from '../../src/auth/rights';
import { READ_BOUNDS } from '../../src/graphql/reads';
import { MOST_KEYS } from '../../src/evidence/notes/verifier-key';
import { MASKED_FIELDS } from '../../src/graphql/masked-fields';
import { DEFAULT_LIMITS, INPUT_BOUNDS } from '../../src/kernel/limits';
import { KEPT_ATTEMPTS } from '../../src/webhooks/attempt';

/** Each list has a bound: a page beside it, the page that it is part of, or a number that its meaning limits. */

/** Lists without a page of their own, and what limits them in every ledger. */
const BOUNDED: Readonly<Record<string, number>> = {
  'BridgeStep.legs': 2,
  'Change.evidence': INPUT_BOUNDS.maxEvidence,
  'Department.functions': INPUT_BOUNDS.maxTexts,
  'Department.fiscalYears': 9_998 - 1_949,
  'Evaluation.problems': INPUT_BOUNDS.maxTexts,
  'Evaluation.improvements': INPUT_BOUNDS.maxTexts,
  'Evaluation.scores': INPUT_BOUNDS.maxTemplateLines,
  'PublishedRound.scores': INPUT_BOUNDS.maxTemplateLines,
  'ScoringTemplate.lines': INPUT_BOUNDS.maxTemplateLines,
  'Task.milestones': INPUT_BOUNDS.maxMilestones,
  // Each has at most maxSeriesDays points.
  'Budget.series': DEFAULT_LIMITS.maxSeriesDays,
  'Indicator.series': DEFAULT_LIMITS.maxSeriesDays,
  'Task.series': DEFAULT_LIMITS.maxSeriesDays,
  'Query.nodes': DEFAULT_LIMITS.maxPageSize,
  'Snapshot.nodes': DEFAULT_LIMITS.maxPageSize,
  'Query.totals': DEFAULT_LIMITS.maxTotalsRows,
  'Snapshot.totals': DEFAULT_LIMITS.maxTotalsRows,
  'TotalsRow.keys': TOTALS_DIMENSIONS.length,
  // One for each item of an input.
  'BudgetPayload.changes': DEFAULT_LIMITS.maxListItems,
  // A command on a budget first finishes what is pending there.
  'Budget.carryOverPending': 1,
  // One in each budget.
  'CarryOverPayload.changes': 2,
  // The decision, and what the command records.
  'ProposalPayload.changes': 1 + DEFAULT_LIMITS.maxListItems,
  'ProposalPreview.fields': DEFAULT_LIMITS.maxListLength,
  'Monitoring.alerts': DEFAULT_LIMITS.maxListLength,
  'TrialScores.scores': INPUT_BOUNDS.maxTemplateLines,
  'Ledger.verifierKeys': MOST_KEYS,
  // A hash for each level of a tree with less than 2^64 leaves.
  'InclusionProof.hashes': 64,
  'ConsistencyProof.hashes': 65,
  'Read.moments': READ_BOUNDS.moments,
  'Read.departments': READ_BOUNDS.departments,
  'Read.fields': READ_BOUNDS.fields,
  'Query.webhooks': DEFAULT_LIMITS.maxWebhooks,
  'Query.webhookAttempts': KEPT_ATTEMPTS,
  'Webhook.roles': ROLES.length,
  // Each takes at least one character of the token.
  'Webhook.readDepartments': INPUT_BOUNDS.maxAuthorizationLength,
  'Viewer.roles': ROLES.length,
  'Viewer.commands': ACTION_NAMES.length,
  'Viewer.masked': MASKED_FIELDS.length,
  // Each takes at least one character of the token.
  'Viewer.readDepartments': INPUT_BOUNDS.maxAuthorizationLength,
  'Viewer.writeDepartments': INPUT_BOUNDS.maxAuthorizationLength,
  // Other mutations record one change.
  'DepartmentPayload.changes': 1,
  'EvaluationPayload.changes': 1,
  'IndicatorPayload.changes': 1,
  'ScoringTemplatePayload.changes': 1,
  'TaskPayload.changes': 1,
};

/** The lists of a schema that no page and no number limits. */
function unboundedLists(of: GraphQLSchema, bounded: Readonly<Record<string, number>>): readonly string[] {
  const found: string[] = [];
  for (const type of Object.values(of.getTypeMap())) {
    if (type.name.startsWith('__') || !(isObjectType(type) || isInterfaceType(type))) continue;
    if (type.name.endsWith('Connection')) continue;
    const fields = type.getFields();
    for (const { name, type: fieldType } of Object.values(fields)) {
      if (!isListType(getNullableType(fieldType))) continue;
      const page = fields[`${name}Page`];
      const hasPage = page !== undefined && getNamedType(page.type).name.endsWith('Connection');
      if (!hasPage && bounded[`${type.name}.${name}`] === undefined) found.push(`${type.name}.${name}`);
    }
  }
  return found;
}

test('each list of an answer has a page beside it, or a bound', () => {
  expect(unboundedLists(schema, BOUNDED)).toEqual([]);
});

test('a new list without a page is noticed', () => {
  const added = buildSchema(`type Query { a: [Int!]! b: [Int!]! bPage: IntConnection! c: [Int!] }
    type IntConnection { nodes: [Int!]! }`);
  expect(unboundedLists(added, { 'Query.c': 3 })).toEqual(['Query.a']);
});

const guard = guardsOf(schema, DEFAULT_LIMITS).judge;
const TEXTS: Readonly<Record<string, unknown>> = {
  Int: 2023,
  Decimal: '1',
  LocalDate: '2023-01-01',
  Moment: '2023-01-01',
};

/** A value of a type: of an object, only what it requires. */
function sample(of: GraphQLInputType): unknown {
  const type = getNullableType(of);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return TEXTS[getNamedType(type).name] ?? 'D1';
  const required = Object.values(type.getFields()).filter(isRequiredInputField);
  return Object.fromEntries(required.map((field) => [field.name, sample(field.type)]));
}

const violations = (query: string, variables: Readonly<Record<string, unknown>>): readonly unknown[] =>
  guard({ kinds: EVERY_KIND, query, variables }).flatMap(({ extensions }) => extensions.violations ?? []);

const tooLong = (path: string) => ({
  path,
  message: expect.stringContaining(String(DEFAULT_LIMITS.maxListItems)) as string,
});

const tooMany = (list: GraphQLInputType): readonly unknown[] => {
  const type = getNullableType(list);
  const item = isListType(type) ? sample(type.ofType) : undefined;
  return Array.from({ length: DEFAULT_LIMITS.maxListItems + 1 }, () => item);
};

/** Other arguments that root fields must have. */
const REQUIRED: Readonly<Record<string, string>> = { diff: 'from: {}, ', totals: 'fiscalYear: 2023, ' };

/** A path of root fields and arguments to each list of an input. */
const INPUT_LISTS = Object.values(schema.getTypeMap()).flatMap((type) =>
  isInputObjectType(type)
    ? Object.values(type.getFields()).flatMap((field) =>
        isListType(getNullableType(field.type)) ? [[type.name, field.name, field.type] as const] : [],
      )
    : [],
);

test('there are lists in inputs', () => {
  expect(INPUT_LISTS.length).toBeGreaterThan(30);
});

test.each(INPUT_LISTS)('a list in the variables has at most maxListItems items: %s.%s', (typeName, field, type) => {
  const { name, argument, around, path } = useOf(typeName);
  const kind = schema.getMutationType()?.getFields()[name] === undefined ? 'query' : 'mutation';
  const required = REQUIRED[name] ?? '';
  const query = `${kind}($x: ${String(argument.type)}) { ${name}(${required}${argument.name}: $x) { __typename } }`;
  const value = { ...(sample(schema.getType(typeName) as GraphQLInputType) as object), [field]: tooMany(type) };
  expect(violations(query, { x: around(value) })).toContainEqual(tooLong(`${path}/${field}`));
});

interface Use {
  readonly name: string;
  readonly argument: GraphQLArgument;
  /** The argument with this value in it, and the path to the value. */
  readonly around: (value: object) => object;
  readonly path: string;
}

/** A root field that takes the input type: as an argument, or within one. */
function useOf(typeName: string): Use {
  const root = [schema.getMutationType(), schema.getQueryType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}),
  );
  for (const { name, args } of root) {
    const argument = args.find(({ type }) => getNamedType(type).name === typeName);
    if (argument !== undefined) return { name, argument, around: (value) => value, path: `/${argument.name}` };
  }
  for (const holder of Object.values(schema.getTypeMap()).filter(isInputObjectType)) {
    const field = Object.values(holder.getFields()).find(({ type }) => getNamedType(type).name === typeName);
    if (field === undefined) continue;
    const outer = useOf(holder.name);
    const isInList = isListType(getNullableType(field.type));
    const around = (value: object): object =>
      outer.around({ ...(sample(holder) as object), [field.name]: isInList ? [value] : value });
    return { ...outer, around, path: `${outer.path}/${field.name}${isInList ? '/0' : ''}` };
  }
  throw new Error(`No root field takes a ${typeName}`);
}

/** Each argument that is a list. */
const ARGUMENT_LISTS = Object.values(schema.getTypeMap()).flatMap((type) =>
  isObjectType(type)
    ? Object.values(type.getFields()).flatMap((field) =>
        field.args.flatMap((argument) =>
          isListType(getNullableType(argument.type))
            ? [[`${type.name}.${field.name}`, argument.name, { type, field, argument }] as const]
            : [],
        ),
      )
    : [],
);

test('there are lists in arguments', () => {
  expect(ARGUMENT_LISTS.length).toBeGreaterThan(9);
});

test.each(ARGUMENT_LISTS)(
  'an argument has at most maxListItems items: %s(%s:)',
  (_field, name, { type, field, argument }) => {
    const call = `${field.name}(${REQUIRED[field.name] ?? ''}${name}: $x) ${isCompositeType(getNamedType(field.type)) ? '{ __typename }' : ''}`;
    const asked = type === schema.getQueryType() ? call : `node(id: "x") { ... on ${type.name} { ${call} } }`;
    const found = violations(`query($x: ${String(argument.type)}) { ${asked} }`, { x: tooMany(argument.type) });
    expect(found).toContainEqual(tooLong(`/${name}`));
  },
);
