import { parse } from 'graphql';
import { isLasting } from '../../client/src/index';

const at = { position: '7' };

test.each([
  ['a position in a variable', 'query($at: AsOfInput!) { asOf(at: $at) { position } }', { at }],
  ['a position in the document', '{ asOf(at: { position: "7", effectiveAt: "2023-06-30" }) { position } }', {}],
  ['a variable for the position', 'query($p: Position!) { asOf(at: { position: $p }) { position } }', { p: '7' }],
  [
    'two snapshots, and the name of the type',
    'query($at: AsOfInput!) { __typename a: asOf(at: $at) { position } b: asOf(at: { position: "8" }) { position } }',
    { at },
  ],
  [
    'a difference of two positions',
    'query($a: AsOfInput!, $b: AsOfInput!) { diff(from: $a, to: $b) { nodes { entity } } }',
    { a: at, b: at },
  ],
])('an answer lasts: %s', (_name, document, variables) => {
  expect(isLasting(parse(document), variables)).toBe(true);
});

test.each([
  ['the present', '{ budget(department: "D1", fiscalYear: 2023) { id } }', {}],
  ['now by its name', 'query($at: AsOfInput!) { asOf(at: $at) { position } }', { at: {} }],
  ['a time', 'query($at: AsOfInput!) { asOf(at: $at) { position } }', { at: { knownAt: '2023-06-30' } }],
  ['a position of null', 'query($at: AsOfInput!) { asOf(at: $at) { position } }', { at: { position: null } }],
  ['a variable that is missing', 'query($at: AsOfInput!) { asOf(at: $at) { position } }', undefined],
  ['a position without a value', 'query($p: Position) { asOf(at: { position: $p }) { position } }', {}],
  ['a snapshot beside the present', 'query($at: AsOfInput!) { asOf(at: $at) { position } ledger { head } }', { at }],
  [
    'a root in a fragment',
    'query($at: AsOfInput!) { ...R } fragment R on Query { asOf(at: $at) { position } }',
    { at },
  ],
  ['half a difference', 'query($a: AsOfInput!) { diff(from: $a, to: {}) { nodes { entity } } }', { a: at }],
  ['what is signed later', 'query($at: AsOfInput!) { asOf(at: $at) { checkpoint { treeSize } } }', { at }],
  [
    'what is signed later, in a fragment',
    'query($at: AsOfInput!) { asOf(at: $at) { ...S } } fragment S on Snapshot { checkpoint { treeSize } }',
    { at },
  ],
  ['a mutation', 'mutation { closeBudget(input: {}) { position } }', {}],
  ['a subscription', 'subscription { changes { __typename } }', {}],
  ['two operations', 'query A { asOf(at: { position: "7" }) { position } } query B { ledger { head } }', {}],
])('an answer does not last: %s', (_name, document, variables) => {
  expect(isLasting(parse(document), variables)).toBe(false);
});
