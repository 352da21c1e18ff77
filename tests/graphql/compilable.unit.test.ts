import { getIntrospectionQuery, getOperationAST, parse } from 'graphql';
import { schema } from '../../src/app/features';
import { isCompilable } from '../../src/graphql/compilable';

const compilable = (query: string, name?: string): boolean => {
  const document = parse(query);
  return isCompilable(schema, document, getOperationAST(document, name)!);
};
const times = (count: number, field: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => field(index)).join(' ');

test.each([
  ['a field', '{ ledger { head } }'],
  ['what tools ask for', getIntrospectionQuery()],
  ['a thousand fields', `{ ${times(500, (index) => `a${index}: ledger { head }`)} }`],
  ['an item of the feed', 'subscription { changes { ... on Change { position } ... on FeedMark { position } } }'],
])('%s is compiled', (_, query) => {
  expect(compilable(query)).toBe(true);
});

test.each([
  ['more than a thousand fields', `{ ${times(501, (index) => `a${index}: ledger { head }`)} }`],
  ['a field of all types of an interface', `{ ${times(170, (index) => `a${index}: node(id: "x") { id }`)} }`],
  [
    'a fragment that is spread often',
    `{ ${times(100, (index) => `a${index}: department(code: "x") { ...F }`)} }
     fragment F on Department { ${times(10, (index) => `a${index}: code`)} }`,
  ],
  [
    'fragments that double and double',
    `{ department(code: "x") { ...F0 } }
     ${times(30, (index) => `fragment F${index} on Department { ...F${index + 1} ...F${index + 1} }`)}
     fragment F30 on Department { code }`,
  ],
])('%s is not', (_, query) => {
  expect(compilable(query)).toBe(false);
});

test('of several operations the one that is meant counts', () => {
  const query = `query Small { ledger { head } } query Large { ${times(600, (index) => `a${index}: ledger { head }`)} }`;
  expect([compilable(query, 'Small'), compilable(query, 'Large')]).toEqual([true, false]);
});
