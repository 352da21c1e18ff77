import fc from 'fast-check';
import { buildSchema, getIntrospectionQuery, parse, specifiedRules, validate } from 'graphql';
import { DEFAULT_LIMITS, DEFAULT_PAGE_SIZE, Limits, MOST_POINTS } from '../../../src/kernel/limits';
import { limitsRule } from '../../../src/graphql/execution/limits-rule';
import { CALENDAR_STEPS, LedgerCalendar, parseMoment } from '../../../src/kernel/time';

const schema = buildSchema(`
  interface Node { id: ID! }
  type Item implements Node {
    id: ID!
    name: String
    tags: [String!]!
    self: Item!
    list: [Item!]!
    items(first: Int, after: String, last: Int, before: String): ItemConnection!
    series(from: String!, to: String!, step: Step!): [Point!]!
  }
  type Point { at: String a: Int b: Int }
  enum Step { DAY WEEK MONTH QUARTER }
  type Other implements Node { id: ID! list: [Item!]! }
  union Any = Item | Other
  type ItemConnection { edges: [ItemEdge!]! nodes: [Item!]! pageInfo: PageInfo! }
  type ItemEdge { cursor: String! node: Item! }
  type PageInfo { hasNextPage: Boolean! }
  type Query {
    item(id: ID): Item
    node: Node
    any: Any
    list: [Item]
    lists: [[Item!]!]!
    items(first: Int, after: String, last: Int, before: String): ItemConnection
    feed(after: ID, first: Int = 100): ItemConnection
    nodes(ids: [ID!]!): [Node]!
  }
  type Mutation { add: Item }
  type Subscription { added: Item }
`);

const NO_LIMITS: Limits = { ...DEFAULT_LIMITS, maxDepth: Infinity, maxComplexity: Infinity };

const refusals = (query: string, limits: Partial<Limits>): readonly string[] =>
  validate(schema, parse(query), [limitsRule({ ...NO_LIMITS, ...limits })]).map(({ message }) => message);
const complexityOf = (query: string): number =>
  Number(/may answer (\S+) fields/.exec(refusals(query, { maxComplexity: -1 })[0] ?? '')?.[1]);
const depthOf = (query: string): number =>
  Number(/is (\d+) levels deep/.exec(refusals(query, { maxDepth: -1 })[0] ?? '')?.[1]);

describe('the depth of a query', () => {
  test.each([
    ['a field', '{ item { id } }', 2],
    ['the deepest of several paths', '{ a: item { id } b: item { self { self { id } } } list { id } }', 4],
    ['the deepest path, however often it is taken', '{ a: item { id } b: item { id } c: item { id } }', 2],
    ['an inline fragment adds nothing', '{ item { ... { ... on Item { self { id } } } } }', 3],
    [
      'a fragment hides nothing',
      '{ item { ...A } } fragment A on Item { self { ...B } } fragment B on Item { self { id } }',
      4,
    ],
    [
      'a fragment within a fragment of one level',
      '{ ...A } fragment A on Query { ...B } fragment B on Query { item { id } }',
      2,
    ],
    ['pages with all their levels', '{ items { edges { node { id } } } }', 4],
    ['a type behind an interface', '{ node { ... on Item { self { id } } } }', 3],
    ['a type of a union', '{ any { ... on Other { list { id } } } }', 3],
    ['a mutation', 'mutation { add { self { id } } }', 3],
    ['a subscription', 'subscription { added { self { id } } }', 3],
  ])('counts %s', (_what, query, depth) => {
    expect(depthOf(query)).toBe(depth);
  });

  test('may be equal to the limit, but not more', () => {
    const query = '{ item { self { id } } }';
    expect(refusals(query, { maxDepth: 3 })).toEqual([]);
    expect(refusals(query, { maxDepth: 2 })).toEqual(['The query is 3 levels deep; 2 are allowed']);
  });

  test('is measured for each operation of a document', () => {
    const query = 'query A { item { id } } query B { item { self { self { id } } } }';
    expect(refusals(query, { maxDepth: 3 })).toEqual(['The query is 4 levels deep; 3 are allowed']);
  });

  test('may be hundreds of levels', () => {
    expect(depthOf(`{ item ${'{ self '.repeat(800)}{ id }${' }'.repeat(800)} }`)).toBe(802);
  });
});

describe('the complexity of a query', () => {
  test.each([
    ['each field once', '{ item { id name self { id } } }', 5],
    ['each alias', '{ a: item { x: id y: id } b: item { x: id y: id } }', 6],
    ['__typename like any field', '{ __typename item { __typename } }', 3],
    ['a list of values as one field', '{ item { tags } }', 2],
    ['what lies below a list 10 times', '{ list { id name } }', 21],
    ['what lies below lists of lists 10 times', '{ lists { id } }', 11],
    ['lists in lists', '{ list { list { id } } }', 111],
    ['a list on a type behind an interface', '{ node { ... on Other { list { id } } } }', 12],
    ['a mutation', 'mutation { add { id } }', 2],
    ['a subscription', 'subscription { added { id } }', 2],
  ])('counts %s', (_what, query, complexity) => {
    expect(complexityOf(query)).toBe(complexity);
  });

  // 1 for the page itself, and for each of its items `nodes` and `id`.
  test.each([
    ['the first', '{ items(first: 7) { nodes { id } } }', 7],
    ['the last', '{ items(last: 7) { nodes { id } } }', 7],
    ['the larger of both', '{ items(first: 3, last: 7) { nodes { id } } }', 7],
    ['as many as usual', '{ items { nodes { id } } }', DEFAULT_PAGE_SIZE],
    ["as many as the argument's own default", '{ feed { nodes { id } } }', 100],
    ['at most the items of the largest page', '{ items(first: 100000) { nodes { id } } }', 200],
    ['at least one item: 0 are asked for', '{ items(first: 0) { nodes { id } } }', 1],
    ['at least one item: less than 0 are asked for', '{ items(first: -5) { nodes { id } } }', 1],
    ['the most that a page may have: a variable', 'query($n: Int) { items(first: $n) { nodes { id } } }', 200],
    [
      'the most that a page may have: a variable with a default',
      'query($n: Int = 1) { items(last: $n) { nodes { id } } }',
      200,
    ],
    ['the most that a page may have: an explicit null', '{ items(first: null) { nodes { id } } }', 200],
  ])('counts %s on a page', (_what, query, items) => {
    expect(complexityOf(query)).toBe(1 + items * 2);
  });

  test.each([
    ['are in it', '{ nodes(ids: ["a", "b", "c"]) { id } }', 3],
    ['are in the list, up to the largest number allowed', `{ nodes(ids: [${'"a" '.repeat(300)}]) { id } }`, 200],
    ['may be in a variable', 'query($ids: [ID!]!) { nodes(ids: $ids) { id } }', 200],
    ['are in the list: one id without a list', '{ nodes(ids: "a") { id } }', 1],
    ['are in the list: at least one', '{ nodes(ids: []) { id } }', 1],
  ])('counts as many nodes as ids %s', (_what, query, ids) => {
    expect(complexityOf(query)).toBe(1 + ids);
  });

  test('counts the items of a page once, by nodes and by edges, not as a list in a list', () => {
    expect(complexityOf('{ items(first: 10) { nodes { id } edges { node { id } } } }')).toBe(1 + 10 * (2 + 3));
  });

  test('multiplies pages within pages', () => {
    expect(complexityOf('{ items(first: 20) { nodes { items(first: 30) { nodes { id } } } } }')).toBe(
      1 + 20 * (1 + 1 + 30 * 2),
    );
  });

  test('may be equal to the limit, but not more', () => {
    const query = '{ item { id } }';
    expect(refusals(query, { maxComplexity: 2 })).toEqual([]);
    expect(refusals(query, { maxComplexity: 1 })).toEqual([
      'The query may answer 2 fields; 1 are allowed: ask for smaller pages',
    ]);
  });

  test('counts a fragment for each time it is spread', () => {
    expect(complexityOf('{ a: item { ...A } b: item { ...A ...A } } fragment A on Item { id name }')).toBe(8);
  });

  test('counts a fragment by the pages in which it is spread', () => {
    const fragment = 'fragment A on Item { items(first: 3) { nodes { id } } }';
    expect(complexityOf(`{ items(first: 5) { nodes { ...A } } item { ...A } } ${fragment}`)).toBe(1 + 5 * 8 + 1 + 7);
  });

  test('is the same for all variables, so that the verdict can be cached', () => {
    const query = 'query($n: Int!, $on: Boolean!) { items(first: $n) @include(if: $on) { nodes { id } } }';
    expect(complexityOf(query)).toBe(401);
  });
});

describe('a series', () => {
  const pointsOf = (bounds: string, variables = ''): number =>
    complexityOf(`query${variables} { item { series(${bounds}) { at } } }`) - 2;

  test.each([
    ['DAY', '2023-01-01', '2023-01-01', 2],
    ['DAY', '2023-01-01', '2023-12-31', 366],
    ['WEEK', '2023-01-01', '2023-12-31', 54],
    ['MONTH', '2023-01-01', '2023-12-31', 15],
    ['QUARTER', '2023-01-01', '2023-12-31', 6],
    ['DAY', '2023-01-01T00:00:00Z', '2023-01-02T12:00:00+08:00', 4],
    ['DAY', '2023-01-02', '2023-01-01', 1],
    ['DAY', '2020-01-01', '2022-12-31', 1_000],
    ['WEEK', '0001-01-01', '9999-12-31', 1_000],
    ['MONTH', '0001-01-01', '9999-12-31', 240],
    ['QUARTER', '0001-01-01', '9999-12-31', 80],
    ['DAY', '2023-02-30', '2023-03-01', 1_000],
    ['DAY', 'yesterday', 'today', 1_000],
    ['YEAR', '2023-01-01', '2023-12-31', 366],
  ])('by %s from %s to %s counts as its possible points', (step, from, to, points) => {
    expect(pointsOf(`from: "${from}", to: "${to}", step: ${step}`)).toBe(points);
  });

  test.each([
    ['a bound', '($v: String!)', 'from: $v, to: "2023-12-31", step: MONTH', 240],
    ['the other bound', '($v: String!)', 'from: "2023-01-01", to: $v, step: DAY', 1_000],
    ['a bound that has a default', '($v: String! = "2023-12-31")', 'from: "2023-01-01", to: $v, step: QUARTER', 80],
    ['the step', '($v: Step!)', 'from: "2023-01-01", to: "2023-12-31", step: $v', 366],
    ['all', '($f: String!, $t: String!, $s: Step!)', 'from: $f, to: $t, step: $s', 1_000],
  ])('counts as the maximum if a variable gives %s', (_what, variables, bounds, points) => {
    expect(pointsOf(bounds, variables)).toBe(points);
  });

  test('ignores a missing bound, which other rules report', () => {
    expect(pointsOf('step: MONTH')).toBe(240);
  });

  test('has no more points than it counts for', () => {
    const time = fc
      .integer({ min: Date.UTC(2019, 0, 1), max: Date.UTC(2024, 0, 1) })
      .map((at) => new Date(at).toISOString());
    const moment = fc.oneof(
      time,
      time.map((text) => text.slice(0, 10)),
    );
    const zone = fc.constantFrom('UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati', 'Etc/GMT+12');
    fc.assert(
      fc.property(moment, moment, fc.constantFrom(...CALENDAR_STEPS), zone, (from, to, step, timeZone) => {
        const calendar = new LedgerCalendar(timeZone);
        const [first, last] = [calendar.timeOfFact(parseMoment(from)!), calendar.upperBound(parseMoment(to)!)];
        const ends = calendar.stepEnds(step, first, last, MOST_POINTS[step]);
        const counted = pointsOf(`from: "${from}", to: "${to}", step: ${step}`);
        expect(counted).toBeGreaterThanOrEqual(ends?.length ?? MOST_POINTS[step]);
      }),
    );
  });

  test('is refused if a page makes it too expensive, and allowed in the size of a chart', () => {
    const many = Array.from(
      { length: 22 },
      (_, n) => `s${n}: series(from: "2020-01-01", to: "2022-09-01", step: DAY) { at }`,
    );
    expect(refusals(`{ items(first: 200) { nodes { ${many.join(' ')} } } }`, DEFAULT_LIMITS)).toEqual([
      expect.stringContaining('50000 are allowed'),
    ]);
    const charts = [
      '{ item { series(from: "2023-01-01", to: "2023-12-31", step: DAY) { at a b } } }',
      '{ items(first: 20) { nodes { series(from: "2023-01-01", to: "2023-12-31", step: MONTH) { at a b } } } }',
      '{ items(first: 200) { nodes { series(from: "2023-01-01", to: "2023-12-31", step: MONTH) { at a b } } } }',
      'query($f: String!, $t: String!) { items { nodes { series(from: $f, to: $t, step: MONTH) { at a b } } } }',
      'query($f: String!, $t: String!, $s: Step!) { item { series(from: $f, to: $t, step: $s) { at a b } } }',
    ];
    for (const chart of charts) expect(refusals(chart, DEFAULT_LIMITS)).toEqual([]);
  });
});

describe('fragments that an attacker makes expensive', () => {
  /** Each spreads the next one `width` times: `width` to the power of `depth` fields, in a few lines. */
  const bomb = (depth: number, width: number): string =>
    [
      '{ item { ...F0 } }',
      ...Array.from({ length: depth }, (_, n) => `fragment F${n} on Item { ${`...F${n + 1} `.repeat(width)} }`),
      `fragment F${depth} on Item { id }`,
    ].join('\n');

  test('are measured once each', () => {
    expect(complexityOf(bomb(10, 2))).toBe(1 + 2 ** 10);
    expect(complexityOf(bomb(90, 2))).toBeGreaterThan(1e26);
  });

  test('are refused even if the number of fields exceeds the numbers of JavaScript', () => {
    expect(refusals(bomb(400, 10), { maxComplexity: 50_000 })).toEqual([
      'The query may answer Infinity fields; 50000 are allowed: ask for smaller pages',
    ]);
  });

  test.each([
    ['itself', '{ item { ...A } } fragment A on Item { id ...A }'],
    ['itself, below a field', '{ item { ...A } } fragment A on Item { self { ...A } }'],
    ['itself through another', '{ item { ...A } } fragment A on Item { ...B } fragment B on Item { id ...A }'],
  ])('do not loop if one contains %s, which another rule reports', (_what, query) => {
    expect(refusals(query, DEFAULT_LIMITS)).toEqual([]);
    expect(validate(schema, parse(query), [...specifiedRules, limitsRule(DEFAULT_LIMITS)])).toMatchObject([
      { message: expect.stringContaining('Cannot spread fragment "A" within itself') as string },
    ]);
  });

  test('do not loop if each contains all the others', () => {
    const names = Array.from({ length: 40 }, (_, n) => `F${n}`);
    const spreads = names.map((name) => `...${name}`).join(' ');
    const fragments = names.map((name) => `fragment ${name} on Item { id self { ${spreads} } }`);
    expect(refusals(`{ item { ...F0 } } ${fragments.join(' ')}`, { maxDepth: 1_000 })).toEqual([]);
  });
});

describe('the rule', () => {
  test('reports LIMIT_EXCEEDED', () => {
    const [error] = validate(schema, parse('{ item { id } }'), [limitsRule({ ...NO_LIMITS, maxDepth: 1 })]);
    expect(error?.extensions).toEqual({ code: 'LIMIT_EXCEEDED', limit: 'maxDepth' });
  });

  test('reports both limits of one operation', () => {
    expect(refusals('{ item { id } }', { maxDepth: 1, maxComplexity: 1 })).toHaveLength(2);
  });

  test('allows the introspection queries of tools', () => {
    const query = getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true, specifiedByUrl: true });
    expect(validate(schema, parse(query), [...specifiedRules, limitsRule(DEFAULT_LIMITS)])).toEqual([]);
  });

  test.each([
    ['a field', '{ nothing { id } }'],
    ['a field below', '{ item { nothing(first: 3) { id } } }'],
    ['a fragment', '{ item { ...Nothing } }'],
    ['a type of a fragment', '{ item { ...A } } fragment A on Nothing { id }'],
    ['a type of an inline fragment', '{ item { ... on Nothing { id } } }'],
    ['a type that has no fields', '{ item { ... on String { id } } }'],
    ['a selection of a leaf', '{ item { id { id } } }'],
  ])('ignores %s, which other rules report', (_what, query) => {
    expect(refusals(query, DEFAULT_LIMITS)).toEqual([]);
  });

  test('ignores a missing root type, which other rules report', () => {
    const queries = buildSchema('type Query { id: ID }');
    expect(validate(queries, parse('mutation { add { id } }'), [limitsRule(DEFAULT_LIMITS)])).toEqual([]);
  });
});
