import {
  buildSchema,
  getNamedType,
  getNullableType,
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
import { guardOf } from '../../src/graphql/execution/guards';
import { EVERY_KIND } from '../../src/graphql/execution/operation-kinds';
import { DEFAULT_LIMITS, INPUT_BOUNDS } from '../../src/kernel/limits';

/** Each list has a bound: a page beside it, the page that it is part of, or a number that its meaning limits. */

/** Lists without a page of their own, and what limits them in every ledger. */
const BOUNDED: Readonly<Record<string, number>> = {
  'BridgeStep.legs': 2,
  'Change.evidence': INPUT_BOUNDS.maxEvidence,
  'Department.functions': INPUT_BOUNDS.maxTexts,
  'Department.fiscalYears': 9_998 - 1_949,
  'Evaluation.problems': INPUT_BOUNDS.maxTexts,
  'Evaluation.improvements': INPUT_BOUNDS.maxTexts,
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
  // A mutation records one change.
  'BudgetPayload.changes': 1,
  'DepartmentPayload.changes': 1,
  'EvaluationPayload.changes': 1,
  'IndicatorPayload.changes': 1,
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

const guard = guardOf(schema, DEFAULT_LIMITS);
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
  const root = [schema.getMutationType(), schema.getQueryType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}),
  );
  const uses = root.flatMap(({ name, args }) =>
    args.flatMap((argument) => (getNamedType(argument.type).name === typeName ? [{ name, argument }] : [])),
  );
  const [use] = uses;
  if (use === undefined) throw new Error(`No root field takes a ${typeName}`);
  const kind = schema.getMutationType()?.getFields()[use.name] === undefined ? 'query' : 'mutation';
  const required = REQUIRED[use.name] ?? '';
  const query = `${kind}($x: ${String(use.argument.type)}) { ${use.name}(${required}${use.argument.name}: $x) { __typename } }`;
  const x = { ...(sample(use.argument.type) as object), [field]: tooMany(type) };
  expect(violations(query, { x })).toContainEqual(tooLong(`/${use.argument.name}/${field}`));
});

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
