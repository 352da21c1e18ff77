import { buildSchema } from 'graphql';
import { guardsOf } from '../../../src/graphql/execution/guards';
import { EVERY_KIND, HTTP_GET, HTTP_POST, STREAM_GET } from '../../../src/graphql/execution/operation-kinds';
import { OperationKinds, OperationRequest } from '../../../src/graphql/execution/request';
import { HttpRefusal } from '../../../src/http/refusal';
import { DEFAULT_LIMITS } from '../../../src/kernel/limits';

const schema = buildSchema(`
  type Query { text(is: String): String texts(are: [String]): Int }
  type Mutation { write: Int }
  type Subscription { items: Int }
`);
const LIMITS = {
  ...DEFAULT_LIMITS,
  maxDocumentLength: 120,
  maxTokens: 40,
  maxDepth: 1,
  maxIdentifierLength: 20,
  maxFieldComparisons: 20,
  maxComplexity: 15,
  maxInputValues: 2,
};
const guard = guardsOf(schema, LIMITS).judge;
const extensions = { persistedQuery: { sha256Hash: 'x' } };

/** The first refusal of the guards, as a client receives it. */
function refusalOf(request: OperationRequest, kinds: OperationKinds = EVERY_KIND): unknown {
  try {
    return guard({ ...request, kinds }).map(
      ({ message, extensions: { code, limit } }) => limit ?? `${String(code)}: ${message}`,
    );
  } catch (error) {
    if (!(error instanceof HttpRefusal)) throw error;
    return [error.status, error.message];
  }
}

test('a request passes all guards', () => {
  expect(refusalOf({ query: 'query($is: String) { text(is: $is) }', variables: { is: 'x' } })).toEqual([]);
  expect(refusalOf({ query: '{ text }', extensions })).toEqual([]);
});

test.each<[string, OperationRequest, unknown]>([
  ['a hash without a document', { extensions }, [400, 'PersistedQueryNotSupported']],
  ['a long document, which is not parsed', { query: '?'.repeat(121) }, ['maxDocumentLength']],
  ['many tokens, which are not validated', { query: `{ ${'a '.repeat(40)}}` }, ['maxTokens']],
  ['syntax', { query: '{ text' }, ['BAD_USER_INPUT: Syntax Error: Expected Name, found <EOF>.']],
  ['a long name, whatever it is of', { query: `{ text: none @${'a'.repeat(21)} }` }, ['maxIdentifierLength']],
  ['a long name of an operation', { query: '{ none }', operationName: 'a'.repeat(21) }, ['maxIdentifierLength']],
  ['a deep selection', { query: '{ text { a { b } } }' }, ['maxDepth']],
  ['a selection of many fields', { query: `{ ${'text '.repeat(16)}}` }, ['maxComplexity']],
  [
    'a fragment that contains itself',
    { query: '{ ...A } fragment A on Query { text ...A }' },
    ['BAD_USER_INPUT: Cannot spread fragment "A" within itself.'],
  ],
  [
    'two fragments of one name',
    { query: '{ ...A } fragment A on Query { text } fragment A on Query { none }' },
    ['BAD_USER_INPUT: There can be only one fragment named "A".'],
  ],
  ['fields of one name that are compared too often', { query: `{ ${'none '.repeat(7)}}` }, ['maxFieldComparisons']],
  ['an unknown field', { query: '{ none }' }, ['BAD_USER_INPUT: Cannot query field "none" on type "Query".']],
  [
    'a variable of the wrong type',
    { query: 'query($is: String) { text(is: $is) }', variables: { is: 1 } },
    ['BAD_USER_INPUT: /is must be a text'],
  ],
  [
    'variables with many values',
    { query: 'query($are: [String]) { texts(are: $are) }', variables: { are: ['x', 'y', 'z'] } },
    ['maxInputValues'],
  ],
])('the first guard that refuses decides: %s', (_, request, refusal) => {
  expect(refusalOf(request)).toEqual(refusal);
});

test('of an operation that the document does not have, no variable is missing', () => {
  const query = 'query A($is: String!) { text(is: $is) }';
  expect(refusalOf({ query, operationName: 'B' })).toEqual(['BAD_USER_INPUT: Unknown operation named "B".']);
});

test('the schema is refused before the document is checked, if introspection is off', () => {
  const asked = { query: '{ __schema { none } }', kinds: EVERY_KIND };
  expect(guardsOf(schema, LIMITS, { introspection: false }).judge(asked)).toMatchObject([
    { extensions: { code: 'FORBIDDEN' } },
  ]);
  expect(guardsOf(schema, LIMITS).judge(asked)).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});

test.each<[string, OperationKinds, string, unknown]>([
  ['POST', HTTP_POST, 'mutation { write }', []],
  [
    'POST',
    HTTP_POST,
    'subscription { items }',
    [400, 'A subscription is asked for over WebSocket, or at /graphql/stream'],
  ],
  ['GET', HTTP_GET, '{ text }', []],
  ['GET', HTTP_GET, 'mutation { none }', [405, 'GET requests only support query operations, not mutation operations']],
  [
    'GET',
    HTTP_GET,
    'subscription { items }',
    [405, 'GET requests only support query operations, not subscription operations'],
  ],
  ['GET of a stream', STREAM_GET, 'subscription { items }', []],
  ['GET of a stream', STREAM_GET, 'mutation { write }', [405, 'A mutation is sent by POST']],
])('by %s, kinds of operation (case %#)', (_, kinds, query, refusal) => {
  expect(refusalOf({ query }, kinds)).toEqual(refusal);
});
