import { getOperationAST, parse } from 'graphql';
import { SharedReplies } from '../../../src/graphql/transports/shared-replies';

const replies = new SharedReplies();
const document = parse(`subscription Feed($first: Int = 1, $after: String) {
  changes(after: $after) { ... on Change { fieldsPage(first: $first) { nodes { path } } } }
}`);
const selectionOf = (variables: Record<string, unknown>, sight = ''): string =>
  replies.selectionOf(document, getOperationAST(document)!, variables, sight);

test.each<[string, object, object]>([
  ['a value and another', { first: 2 }, { first: 3 }],
  ['a value and none', { first: 1 }, {}],
  ['null and a variable that is left out, which has its default', { first: null }, {}],
])('subscriptions with %s do not share replies', (_, one, other) => {
  expect(selectionOf({ ...one })).not.toBe(selectionOf({ ...other }));
});

test('subscriptions of callers that see something else do not share replies', () => {
  expect(selectionOf({})).not.toBe(selectionOf({}, 'masked'));
});

test('a variable that the operation does not declare makes no difference', () => {
  expect(selectionOf({ first: 2, other: 1 })).toBe(selectionOf({ first: 2 }));
});
