import fc from 'fast-check';
import {
  buildSchema,
  DocumentNode,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  KnownArgumentNamesRule,
  OperationDefinitionNode,
  parse,
  ProvidedRequiredArgumentsRule,
  UniqueArgumentNamesRule,
  UniqueInputFieldNamesRule,
  validate,
  ValuesOfCorrectTypeRule,
} from 'graphql';
import { argumentsRule } from '../../../src/graphql/execution/arguments-rule';
import { DEFAULT_LIMITS } from '../../../src/kernel/limits';
import { judgeVariables } from '../../../src/graphql/execution/variables';
import { runs } from '../../support/property';

/** The checks refuse what graphql-js refuses, and nothing else. */

const schema = buildSchema(`
  enum Colour { RED BLUE }
  input Part { code: ID! colour: Colour = RED size: Int parts: [Part!] grid: [[Int]] }
  type Query { ask(part: Part, parts: [Part!]!, flags: [Boolean!] = [true], text: String, ratio: Float): Int }
`);

const document = parse(`
  query ($part: Part, $parts: [Part!]!, $flags: [Boolean!] = [false], $text: String!, $ratio: Float) {
    ask(part: $part, parts: $parts, flags: $flags, text: $text, ratio: $ratio)
  }
`);
const operationOf = (source: DocumentNode): OperationDefinitionNode =>
  getOperationAST(source) as OperationDefinitionNode;
const judge = (variables: Record<string, unknown>) =>
  judgeVariables(schema, document, operationOf(document), variables, DEFAULT_LIMITS);

const scalar = fc.constantFrom<unknown>(null, true, 1, -1, 1.5, 2 ** 31, '', 'RED', 'GREEN', '1');
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.record(
      { code: scalar, colour: scalar, size: scalar, parts: tie('value'), grid: tie('value'), other: scalar },
      { requiredKeys: [] },
    ),
  ),
}));
const part = fc.record(
  { code: fc.constantFrom<unknown>('a', 1), colour: fc.constantFrom<unknown>('RED', null), size: scalar, parts: value },
  { requiredKeys: ['code'] },
);
const variables = fc.record(
  {
    part: fc.oneof(part, value),
    parts: fc.oneof(fc.array(part, { maxLength: 3 }), value),
    flags: fc.oneof(fc.array(fc.boolean(), { maxLength: 2 }), value),
    text: fc.oneof(fc.string(), value),
    ratio: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), value),
  },
  { requiredKeys: [] },
);

test('variables are refused if and only if graphql-js refuses them', () => {
  let refused = 0;
  fc.assert(
    fc.property(variables, (given) => {
      const { variableDefinitions = [] } = operationOf(document);
      const { errors } = getVariableValues(schema, variableDefinitions, given);
      const { error } = judge(given);
      if (error) refused++;
      expect({ given, refused: error !== undefined }).toEqual({ given, refused: errors !== undefined });
    }),
    runs(300),
  );
  expect(refused).toBeGreaterThan(0);
});

/** A value as a literal; a text that looks like an enum name may be written as one. */
const literal = (given: unknown, asEnum: boolean): string => {
  if (Array.isArray(given)) return `[${given.map((item) => literal(item, asEnum)).join(' ')}]`;
  if (typeof given === 'object' && given !== null) {
    const fields = Object.entries(given).map(([name, field]) => `${name}: ${literal(field, asEnum)}`);
    return `{${fields.join(' ')}}`;
  }
  return typeof given === 'string' && asEnum && /^[A-Z]+$/.test(given) ? given : JSON.stringify(given);
};

test('literals are refused if and only if graphql-js refuses them', () => {
  const theirs = [KnownArgumentNamesRule, ProvidedRequiredArgumentsRule, ValuesOfCorrectTypeRule];
  const unique = [UniqueArgumentNamesRule, UniqueInputFieldNamesRule];
  let refused = 0;
  fc.assert(
    fc.property(variables, fc.boolean(), fc.boolean(), (given, asEnum, unknown) => {
      const written = Object.entries(given).map(([name, argument]) => `${name}: ${literal(argument, asEnum)}`);
      const source = `{ ask(${[...written, unknown ? 'other: 1' : ''].join(' ') || 'text: ""'}) }`;
      const parsed = parse(source);
      expect(validate(schema, parsed, unique)).toEqual([]);
      const errors = validate(schema, parsed, [argumentsRule]);
      if (errors.length > 0) refused++;
      expect({ source, refused: errors.length > 0 }).toEqual({
        source,
        refused: validate(schema, parsed, theirs).length > 0,
      });
    }),
    runs(300),
  );
  expect(refused).toBeGreaterThan(0);
});

const reportOf = (error: GraphQLError | undefined) => {
  const { violations = [], violationsOmitted } = (error?.extensions ?? {}) as {
    violations?: { path: string }[];
    violationsOmitted?: number;
  };
  return { paths: violations.map(({ path }) => path), violationsOmitted };
};

describe('the path of a violation', () => {
  const errorOf = (source: string, given: Record<string, unknown> = {}): GraphQLError | undefined => {
    const parsed = parse(source);
    const [refusal] = validate(schema, parsed, [argumentsRule]);
    return refusal ?? judgeVariables(schema, parsed, operationOf(parsed), given, DEFAULT_LIMITS).error;
  };

  test.each<[string, string, Record<string, unknown>, string[]]>([
    ['the whole argument', 'query($x: [Part!]!) { ask(parts: $x) }', { x: [{ code: 'a' }, 1] }, ['/parts/1']],
    [
      'a part of a literal',
      'query($x: Int, $y: [Part!]) { ask(parts: [{ code: "a" }, { code: "b", size: $x, parts: $y }]) }',
      { x: 'a', y: [{ code: [] }] },
      ['/parts/1/size', '/parts/1/parts/0/code'],
    ],
    [
      'the first of several',
      'query($x: ID!) { a: ask(parts: [{ code: $x }]) ask(part: { code: $x }, parts: []) }',
      {},
      ['/parts/0/code'],
    ],
    [
      'an argument in a fragment',
      'query($x: Int) { ...F } fragment F on Query { ask(parts: { code: "a", size: $x }) }',
      { x: true },
      ['/parts/size'],
    ],
    ['a directive', 'query($x: Boolean!) { ask(parts: []) @include(if: $x) }', { x: 1 }, ['/if']],
    [
      'names that a pointer escapes',
      'query($x: Part) { ask(part: $x, parts: []) }',
      { x: { code: 1, 'a/b~c': 1 } },
      ['/part/a~1b~0c'],
    ],
    [
      'a literal',
      '{ ask(parts: [{ code: "a" }, { size: "a", other: 1 }], text: 1, more: 1) }',
      {},
      ['/parts/1/code', '/parts/1/size', '/parts/1/other', '/text', '/more'],
    ],
    ['an argument that is missing', '{ ask }', {}, ['/parts']],
    ['a default', 'query($x: [Part!]! = [{ code: "a" }, {}]) { ask(parts: $x) }', {}, ['/parts/1/code']],
  ])('%s', (_what, source, given, paths) => {
    expect(reportOf(errorOf(source, given)).paths).toEqual(paths);
  });
});

describe('many violations', () => {
  test('are counted after the first 50, in one pass', () => {
    const { error, visited } = judge({ text: 'a', parts: Array<number>(6_000).fill(1) });
    const { paths, violationsOmitted } = reportOf(error);
    expect(paths).toEqual(Array.from({ length: 50 }, (_, index) => `/parts/${index}`));
    expect({ violationsOmitted, visited }).toEqual({ violationsOmitted: 5_950, visited: 1_002 });
    expect(error?.message).toMatch(/; and 5950 more$/);
  });

  test('are reported once for all variables together', () => {
    const thirty = Array<number>(30).fill(1);
    const { error } = judge({ parts: thirty, flags: thirty });
    const { paths, violationsOmitted } = reportOf(error);
    expect({ count: paths.length, last: paths.at(-1), violationsOmitted }).toEqual({
      count: 50,
      last: '/flags/19',
      violationsOmitted: 11,
    });
  });

  test('are counted without a visit to each if they are unknown fields', () => {
    const unknown = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`u${index}`, 1]));
    const { error, visited } = judge({ text: 'a', parts: [], part: { code: 'a', ...unknown } });
    expect(reportOf(error).violationsOmitted).toBe(4_950);
    expect(visited).toBeLessThan(60);
  });

  test('are counted over a document', () => {
    const source = `{ ask(parts: [${'1 '.repeat(80)}]) b: ask(parts: [${'1 '.repeat(80)}]) }`;
    const errors = validate(schema, parse(source), [argumentsRule]);
    expect(errors.map((error) => reportOf(error).paths.length)).toEqual([50]);
    expect(reportOf(errors[0]).violationsOmitted).toBe(110);
  });
});

test('a list that is too long is one violation if its items are valid', () => {
  const { error, visited } = judge({ text: 'a', parts: [], flags: Array<boolean>(100_000).fill(true) });
  expect(reportOf(error)).toEqual({ paths: ['/flags'], violationsOmitted: undefined });
  expect(visited).toBeLessThanOrEqual(DEFAULT_LIMITS.maxListItems + 3);
});

test('a value that is used several times counts for each use', () => {
  const uses = Array.from({ length: 100 }, (_, index) => `a${index}: ask(parts: $x)`).join(' ');
  const parsed = parse(`query($x: [Part!]!) { ${uses} }`);
  const parts = Array.from({ length: 1_000 }, () => ({ code: 'a' }));
  const { error } = judgeVariables(schema, parsed, operationOf(parsed), { x: parts }, DEFAULT_LIMITS);
  expect(error?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED' });
});

test('a value that is nested too deep is refused, and the stack does not overflow', () => {
  let nested: unknown = { code: 'a' };
  for (let depth = 0; depth < 10_000; depth++) nested = { code: 'a', parts: nested };
  const { error, visited } = judge({ text: 'a', parts: [], part: nested });
  expect(error?.message).toMatch(/is nested too deeply/);
  expect(visited).toBeLessThan(400);
});

test('a name that the client chose is shortened before it is sent back', () => {
  const { error } = judge({ text: 'a', parts: [], part: { code: 'a', ['x'.repeat(100_000)]: 1 } });
  expect(JSON.stringify(error).length).toBeLessThan(1_000);
});
