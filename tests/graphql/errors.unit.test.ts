import { ApolloServer } from '@apollo/server';
import { buildSchema, GraphQLError, GraphQLScalarType } from 'graphql';
import { errorFormatter, toGraphQLError } from '../../src/graphql/errors';
import { DEFAULT_LIMITS } from '../../src/kernel/limits';
import { limitsRule } from '../../src/graphql/execution/limits-rule';
import { AppendTooLarge, CorruptLedger, Outage } from '../../src/kernel/outage';
import { ok, Refusal, unwrap } from '../../src/kernel/refusal';

/** A server that is set up like the real one. Its only field throws what a test passes. */
async function ask(thrown: unknown, query = '{ a: field other }', variables?: Record<string, unknown>) {
  const logged: { readonly details: object; readonly message: string }[] = [];
  const schema = buildSchema(`
    scalar Text
    interface Thing { id: ID }
    type Known implements Thing { id: ID }
    type Query { thing: Thing field: String other: String sure: String! of(text: String! = "x"): String scalar(text: Text): String }
  `);
  (schema.getType('Text') as GraphQLScalarType).parseLiteral = () => {
    throw new GraphQLError('Text is something else', { extensions: { code: 'BAD_USER_INPUT' } });
  };
  const server = new ApolloServer({
    schema,
    rootValue: {
      field: () => {
        throw thrown;
      },
      other: 'there',
      sure: null,
      thing: { __typename: 'Unknown' },
    },
    validationRules: [limitsRule({ ...DEFAULT_LIMITS, maxDepth: 3, maxComplexity: 3 })],
    formatError: errorFormatter({ error: (details, message) => logged.push({ details, message }) }),
    includeStacktraceInErrorResponses: false,
  });
  try {
    const { body, http } = await server.executeOperation({ query, variables });
    if (body.kind !== 'single') throw new Error('One answer was asked for');
    const { data, errors = [] } = body.singleResult;
    return { data, errors, logged, status: http.status };
  } finally {
    await server.stop();
  }
}

const REFUSALS: readonly (readonly [Refusal, Record<string, unknown>])[] = [
  [
    {
      kind: 'BAD_USER_INPUT',
      violations: [
        { path: '/input/code', message: 'must be a code' },
        { path: '/input/name', message: 'must not be blank' },
      ],
    },
    {
      code: 'BAD_USER_INPUT',
      violations: [
        { path: '/input/code', message: 'must be a code' },
        { path: '/input/name', message: 'must not be blank' },
      ],
    },
  ],
  [{ kind: 'UNAUTHENTICATED', message: 'no' }, { code: 'UNAUTHENTICATED' }],
  [{ kind: 'FORBIDDEN', message: 'no' }, { code: 'FORBIDDEN' }],
  [{ kind: 'NOT_FOUND', message: 'no' }, { code: 'NOT_FOUND' }],
  [{ kind: 'CONFLICT', message: 'no' }, { code: 'CONFLICT' }],
  [
    { kind: 'CONFLICT', message: 'no', expectedRevision: 0, currentRevision: 3 },
    { code: 'CONFLICT', expectedRevision: 0, currentRevision: 3 },
  ],
  [
    { kind: 'RULE_VIOLATION', rule: 'BUDGET_EXCEEDED', message: 'no' },
    { code: 'RULE_VIOLATION', rule: 'BUDGET_EXCEEDED' },
  ],
  [{ kind: 'AS_OF_IN_FUTURE', message: 'no' }, { code: 'AS_OF_IN_FUTURE' }],
  [
    { kind: 'READ_MODEL_BEHIND', message: 'no' },
    { code: 'READ_MODEL_BEHIND', retryable: true },
  ],
  [
    { kind: 'LIMIT_EXCEEDED', limit: 'maxDepth', message: 'no' },
    { code: 'LIMIT_EXCEEDED', limit: 'maxDepth' },
  ],
];

describe('a refusal', () => {
  test.each(REFUSALS)(
    '%j reaches the client unchanged, with its path, and is not logged',
    async (refusal, extensions) => {
      const { data, errors, logged } = await ask(toGraphQLError(refusal));
      expect(errors).toEqual([
        {
          message: 'message' in refusal ? refusal.message : '/input/code must be a code; /input/name must not be blank',
          path: ['a'],
          locations: [{ line: 1, column: 3 }],
          extensions,
        },
      ]);
      expect(data).toEqual({ a: null, other: 'there' });
      expect(logged).toEqual([]);
    },
  );

  test('UNAUTHENTICATED has HTTP status 401, and the others do not change the status', async () => {
    expect((await ask(toGraphQLError({ kind: 'UNAUTHENTICATED', message: 'no' }))).status).toBe(401);
    expect((await ask(toGraphQLError({ kind: 'FORBIDDEN', message: 'no' }))).status).toBeUndefined();
  });

  test('is thrown by `unwrap`', () => {
    expect(unwrap(ok(5))).toBe(5);
    expect(() => unwrap({ ok: false, refusal: { kind: 'NOT_FOUND', message: 'gone' } })).toThrow('gone');
  });
});

describe('an outage', () => {
  test('is UNAVAILABLE and retryable, and reveals nothing internal', async () => {
    const outage = new Outage('/var/ledger.db: the disk is full');
    const { errors, logged } = await ask(outage);
    expect(errors).toEqual([
      {
        message: 'Part of the service cannot be reached; try again',
        path: ['a'],
        locations: [{ line: 1, column: 3 }],
        extensions: { code: 'UNAVAILABLE', retryable: true },
      },
    ]);
    expect(logged).toMatchObject([{ details: { err: outage } }]);
  });
});

test('an append that is larger than the event store takes is LIMIT_EXCEEDED', async () => {
  const { errors, logged } = await ask(new AppendTooLarge('1048577 bytes'));
  expect(errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED' } }]);
  expect(JSON.stringify(errors)).not.toContain('1048577');
  expect(logged).toEqual([]);
});

describe('a bug of ours', () => {
  const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

  test.each<[string, unknown]>([
    ['an error', new Error('secret of the inside')],
    ['an error of a kind of its own', new TypeError('secret of the inside')],
    ['a corrupt ledger', new CorruptLedger('secret of the inside')],
    ['an error of GraphQL without a code', new GraphQLError('secret of the inside')],
    [
      'an error with a code that is not ours',
      new GraphQLError('secret of the inside', { extensions: { code: 'E_SECRET' } }),
    ],
    [
      'an error with a code that every object has',
      new GraphQLError('secret of the inside', { extensions: { code: 'constructor' } }),
    ],
    [
      'an error that calls itself a bug',
      new GraphQLError('secret of the inside', {
        extensions: { code: 'INTERNAL_SERVER_ERROR', secret: 'of the inside' },
      }),
    ],
    ['a driver error with a code', Object.assign(new Error('secret of the inside'), { code: 'SQLITE_CONSTRAINT' })],
    ['a text', 'secret of the inside'],
    ['nothing', undefined],
  ])('shows only an id for %s, and the log has the rest under that id', async (_what, thrown) => {
    const { errors, logged } = await ask(thrown);
    expect(errors).toHaveLength(1);
    const { id, ...extensions } = errors[0]!.extensions ?? {};
    expect(id).toMatch(ID);
    expect(extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' });
    expect(errors[0]!.message).toBe(`Something went wrong on our side (${String(id)})`);
    expect(JSON.stringify(errors)).not.toContain('secret');
    expect(logged).toMatchObject([{ details: { id } }]);
    if (thrown instanceof Error) expect(logged).toMatchObject([{ details: { err: thrown } }]);
  });

  test.each([
    ['a null for a non-null field', 'sure', '{ sure }'],
    ['an object of an unknown type', 'thing', '{ thing { id } }'],
  ])('is %s', async (_what, field, query) => {
    const { errors, logged } = await ask(undefined, query);
    expect(errors).toMatchObject([{ path: [field], extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
    expect(logged).toHaveLength(1);
  });

  test('has a new id each time', async () => {
    const { errors } = await ask(new Error('no'), '{ a: field b: field }');
    const [a, b] = errors.map(({ extensions }) => extensions?.id);
    expect(a).not.toBe(b);
  });
});

describe('what the framework refuses', () => {
  test.each<[string, string, Record<string, unknown>]>([
    ['syntax', '{ field', {}],
    ['an unknown field', '{ unknown }', {}],
    ['an unknown argument', '{ other(x: 1) }', {}],
    ['a wrong literal', '{ of(text: 5) }', {}],
    ['a scalar whose parser throws', '{ scalar(text: "x") }', {}],
    ['a missing variable', 'query($text: String!) { of(text: $text) }', {}],
    ['a variable of the wrong type', 'query($text: String!) { of(text: $text) }', { text: 5 }],
    ['a null for a non-null argument', 'query($text: String = "x") { of(text: $text) }', { text: null }],
    [
      'a null for a non-null directive argument',
      'query($on: Boolean = true) { other @include(if: $on) }',
      { on: null },
    ],
    ['no operation', 'fragment A on Query { other }', {}],
    ['one of two operations, unnamed', 'query A { other } query B { other }', {}],
  ])('is BAD_USER_INPUT, and not logged: %s', async (_what, query, variables) => {
    const { errors, logged } = await ask(undefined, query, variables);
    expect(errors.length).toBeGreaterThan(0);
    for (const { extensions } of errors) expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(logged).toEqual([]);
  });

  test.each([
    [
      'too deep',
      '{ a: __typename ...A } fragment A on Query { ...B } fragment B on Query { b: other c: other d: other }',
    ],
    ['too much', '{ a: other b: other c: other d: other }'],
  ])('is LIMIT_EXCEEDED if our own rule refuses it: %s', async (_what, query) => {
    const { errors, logged } = await ask(undefined, query);
    expect(errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED' } }]);
    expect(logged).toEqual([]);
  });
});
