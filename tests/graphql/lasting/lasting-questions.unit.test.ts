import { getOperationAST, parse } from 'graphql';
import { schema } from '../../../src/app/features';
import { LastingQuestions } from '../../../src/graphql/lasting/lasting-questions';

const questions = new LastingQuestions(schema);

/** The positions that a request asks for; empty if its answer may change. An operation of several is named. */
function positionsOf(query: string, variables: Record<string, unknown> = {}, name?: string): readonly bigint[] {
  const document = parse(query);
  return questions.of(document, getOperationAST(document, name)!, variables).map(({ position }) => position);
}

const asOfs = (count: number): string =>
  Array.from({ length: count }, (_, n) => `a${n}: asOf(at: { position: "7" }) { id }`).join(' ');

/** Whether the answer may change because of what is below `asOf`. */
const looksBeyond = (below: string, events = 9n): boolean => {
  const document = parse(`{ asOf(at: { position: "7" }) ${below} }`);
  const [question] = questions.of(document, getOperationAST(document)!, {});
  return question === undefined || question.looksBeyond(events);
};

test.each<[string, string, Record<string, unknown>, readonly bigint[]]>([
  ['a position', '{ asOf(at: { position: "7" }) { id } }', {}, [7n]],
  ['position 0', '{ asOf(at: { position: "0" }) { id } }', {}, [0n]],
  [
    'several positions',
    '{ a: asOf(at: { position: "7" }) { id } b: asOf(at: { position: "8" }) { id } }',
    {},
    [7n, 8n],
  ],
  ['ten positions', `{ ${asOfs(10)} }`, {}, Array.from({ length: 10 }, () => 7n)],
  ['__typename beside it', '{ __typename asOf(at: { position: "7" }) { id } }', {}, [7n]],
  ['an effective date', '{ asOf(at: { position: "7", effectiveAt: "2023-06-30" }) { id } }', {}, [7n]],
  ['a null beside it', '{ asOf(at: { position: "7", knownAt: null }) { id } }', {}, [7n]],
  ['a variable', 'query($p: Position) { asOf(at: { position: $p }) { id } }', { p: '7' }, [7n]],
  ['the default of a variable', 'query($p: Position = "7") { asOf(at: { position: $p }) { id } }', {}, [7n]],
  ['a variable for both clocks', 'query($at: AsOfInput!) { asOf(at: $at) { id } }', { at: { position: '7' } }, [7n]],
  ['fragments', '{ ...F } fragment F on Query { ... on Query { asOf(at: { position: "7" }) { id } } }', {}, [7n]],
])('a question stays the same with %s', (_, query, variables, expected) => {
  expect(positionsOf(query, variables)).toEqual(expected);
});

test.each<[string, string, Record<string, unknown>]>([
  ['no asOf', '{ budget(department: "D1", fiscalYear: 2023) { id } }', {}],
  ['only __typename', '{ __typename }', {}],
  ['another root field beside it', '{ asOf(at: { position: "7" }) { id } ledger { head } }', {}],
  ['another one that is skipped', '{ asOf(at: { position: "7" }) { id } ledger @skip(if: true) { head } }', {}],
  [
    'another one in a fragment',
    '{ asOf(at: { position: "7" }) { id } ...F } fragment F on Query { ledger { head } }',
    {},
  ],
  ['a moment', '{ asOf(at: { knownAt: "2023-06-30" }) { id } }', {}],
  ['now', '{ asOf(at: {}) { id } }', {}],
  ['now beside a position', '{ a: asOf(at: { position: "7" }) { id } b: asOf(at: {}) { id } }', {}],
  ['a variable that is null', 'query($p: Position) { asOf(at: { position: $p }) { id } }', { p: null }],
  ['a variable that is left out', 'query($p: Position) { asOf(at: { position: $p }) { id } }', {}],
  ['a variable of a wrong type', 'query($at: AsOfInput!) { asOf(at: $at) { id } }', { at: 7 }],
  ['no position', '{ asOf(at: { position: "07" }) { id } }', {}],
  ['eleven positions', `{ ${asOfs(11)} }`, {}],
  ['a mutation', 'mutation { withdrawProposal(input: { code: "P" }) { position } }', {}],
  ['a subscription', 'subscription { changes { __typename } }', {}],
])('a question may change with %s', (_, query, variables) => {
  expect(positionsOf(query, variables)).toEqual([]);
});

test('each operation of a document is judged on its own', () => {
  const query = 'query Then { asOf(at: { position: "7" }) { id } } query Now { ledger { head } }';
  expect(positionsOf(query, {}, 'Then')).toEqual([7n]);
  expect(positionsOf(query, {}, 'Now')).toEqual([]);
  expect(positionsOf(query, {}, 'Then')).toEqual([7n]);
});

test.each<[string, string]>([
  ['a marked field', '{ checkpoint { note } }'],
  [
    'deep below',
    '{ budget(department: "D1", fiscalYear: 2023) { department { evaluation(fiscalYear: 2023) { wouldBe } } } }',
  ],
  ['under another name', '{ score: evaluation(department: "D1", fiscalYear: 2023) { other: wouldBe } }'],
  ['skipped', '{ checkpoint @skip(if: true) { note } }'],
  ['on a type behind an interface', '{ nodes(ids: ["x"]) { ... on Evaluation { wouldBe } } }'],
  [
    'on a type behind the interface of a fragment',
    '{ nodes(ids: ["x"]) { ... on Recorded { lastChange { inclusionProof { hashes } } } } }',
  ],
  [
    'in a proof of a size',
    '{ task(code: "T") { lastChange { inclusionProof(treeSize: "2") { checkpoint { note } } } } }',
  ],
])('a field looks beyond its snapshot: %s', (_, below) => {
  expect(looksBeyond(below)).toBe(true);
});

test('only the variables that decide are read, however many values the others have', () => {
  const sent = {
    p: '7',
    size: '5',
    get ids(): never {
      throw new Error('it is read');
    },
  };
  const proof = 'task(code: "T") { lastChange { inclusionProof(treeSize: $size) { hashes } } }';
  const document = parse(`query($p: Position, $size: Position, $ids: [ID!]!) {
    asOf(at: { position: $p }) { nodes(ids: $ids) { id } ${proof} } }`);
  const [question] = questions.of(document, getOperationAST(document)!, sent);
  expect([question!.position, question!.looksBeyond(4n), question!.looksBeyond(5n)]).toEqual([7n, true, false]);
});

test('a fragment is looked into for each position', () => {
  const document = parse(`{ a: asOf(at: { position: "7" }) { ...F } b: asOf(at: { position: "8" }) { ...F } }
    fragment F on Snapshot { task(code: "T") { lastChange { inclusionProof(treeSize: "5") { hashes } } } }`);
  const [a, b] = questions.of(document, getOperationAST(document)!, {});
  expect([a!.looksBeyond(4n), b!.looksBeyond(5n)]).toEqual([true, false]);
});

test.each([
  ['no marked field', '{ position task(code: "T") { title history { nodes { type } } } }'],
  [
    'a proof in a tree that is not larger',
    '{ task(code: "T") { lastChange { inclusionProof(treeSize: "9") { hashes } } } }',
  ],
])('nothing looks beyond the snapshot: %s', (_, below) => {
  expect(looksBeyond(below)).toBe(false);
});
