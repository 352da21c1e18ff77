import { DocumentNode, getOperationAST, parse } from 'graphql';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { schema } from '../../../../src/app/features';
import { CompiledForm } from '../../../../src/graphql/execution/compiled/compiled-form';
import { CompiledForms } from '../../../../src/graphql/execution/compiled/compiled-forms';

const fields = (count: number): string => Array.from({ length: count }, (_, at) => `a${at}: __typename`).join(' ');

const twice = (selection: string): string =>
  ['a', 'b'].map((name) => `${name}: budget(fiscalYear: 2023) { department { ${selection} } }`).join(' ');

class Asked {
  private readonly forms = new CompiledForms(schema);

  find(document: DocumentNode, conditions = {}, operationName?: string): CompiledForm | undefined {
    return this.forms.find(document, getOperationAST(document, operationName)!, conditions);
  }

  /** After how many requests it was compiled; undefined if it never was. */
  async compiledAt(document: DocumentNode, conditions = {}, most = 5): Promise<number | undefined> {
    for (let time = 1; time <= most; time++) {
      await nextTurn();
      if (this.find(document, conditions) !== undefined) return time;
    }
    return undefined;
  }
}

test('an operation is compiled at the third request, and cached', async () => {
  const asked = new Asked();
  const document = parse('{ ledger { head } }');
  expect(await asked.compiledAt(document)).toBe(3);
  const form = asked.find(document);
  expect(form).toBeDefined();
  expect(asked.find(document)).toBe(form);
});

test('each combination of conditions is counted separately, and so is each operation of a document', () => {
  const asked = new Asked();
  const document = parse('query A($c: Boolean!) { ledger { head @skip(if: $c) demo } } query B { ledger { head } }');
  for (let time = 0; time < 2; time++) {
    expect(asked.find(document, { c: true }, 'A')).toBeUndefined();
    expect(asked.find(document, { c: false }, 'A')).toBeUndefined();
    expect(asked.find(document, {}, 'B')).toBeUndefined();
  }
  const forms = [
    asked.find(document, { c: true }, 'A'),
    asked.find(document, { c: false }, 'A'),
    asked.find(document, {}, 'B'),
  ];
  expect(new Set(forms.map((form) => form?.fieldCount))).toEqual(new Set([2, 3]));
  expect(new Set(forms).size).toBe(3);
});

test('at most 8 combinations of one document are compiled', async () => {
  const asked = new Asked();
  const conditions = Array.from({ length: 20 }, (_, at) => `c${at}`);
  const document = parse(
    `query(${conditions.map((name) => `$${name}: Boolean!`).join()}) {
       ${conditions.map((name) => `${name}: __typename @skip(if: $${name})`).join(' ')}
     }`,
  );
  const combination = (number: number) =>
    Object.fromEntries(conditions.map((name, bit) => [name, ((number >> bit) & 1) === 1]));
  const compiled: number[] = [];
  for (let number = 1; number <= 40; number++)
    if ((await asked.compiledAt(document, combination(number))) !== undefined) compiled.push(number);
  expect(compiled).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(asked.find(document, combination(1))).toBeDefined();
});

test('combinations that are not requested again do not keep a popular one from being compiled', async () => {
  const asked = new Asked();
  const conditions = Array.from({ length: 12 }, (_, at) => `c${at}`);
  const document = parse(
    `query(${conditions.map((name) => `$${name}: Boolean!`).join()}) {
       a: __typename ${conditions.map((name) => `${name}: __typename @skip(if: $${name})`).join(' ')}
     }`,
  );
  const combination = (number: number) =>
    Object.fromEntries(conditions.map((name, bit) => [name, ((number >> bit) & 1) === 1]));
  for (let number = 0; number < 4000; number++) expect(asked.find(document, combination(number))).toBeUndefined();
  expect(await asked.compiledAt(document, combination(4001))).toBe(3);
  expect(await asked.compiledAt(document, combination(0))).toBe(3);
});

test.each([
  ['100 fields', `{ ${fields(100)} }`],
  ['more fields, if conditions leave 100 of them', `{ ${fields(100)} x: __typename @include(if: false) }`],
  ['an item of the feed', 'subscription { changes { ... on Change { position } ... on FeedMark { position } } }'],
])('%s are compiled', async (_, query) => {
  expect(await new Asked().compiledAt(parse(query))).toBe(3);
});

test.each([
  ['more than 100 fields', `{ ${fields(101)} }`],
  [
    'a field of all types of an interface',
    `{ ${Array.from({ length: 20 }, (_, at) => `a${at}: node(id: "x") { id }`).join(' ')} }`,
  ],
  [
    'a fragment that is spread often',
    `{ ${Array.from({ length: 20 }, (_, at) => `a${at}: department(code: "x") { ...F }`).join(' ')} }
     fragment F on Department { a: code b: code c: code d: code e: code }`,
  ],
  [
    'fragments that double and double',
    `{ department(code: "x") { ...F0 } }
     ${Array.from({ length: 30 }, (_, at) => `fragment F${at} on Department { ${twice(`...F${at + 1}`)} }`).join(' ')}
     fragment F30 on Department { code }`,
  ],
  ['introspection', '{ __schema { queryType { name } } }'],
  ['a response name of every object', '{ constructor: ledger { head } }'],
  ['the response name that sets a prototype', '{ a: ledger { __proto__: head } }'],
  ['response names that graphql-jit would mistake for a path', '{ b_a: ledger { head } a: ledger { b: head } }'],
])('%s are not', async (_, query) => {
  expect(await new Asked().compiledAt(parse(query))).toBeUndefined();
});

test('one turn of the event loop compiles 100 fields, of all documents together', async () => {
  const asked = new Asked();
  const documents = [60, 30, 20, 10].map((count) => parse(`{ ${fields(count)} }`));
  const all = () => documents.map((document) => asked.find(document) !== undefined);
  for (let time = 0; time < 2; time++) expect(all()).toEqual([false, false, false, false]);
  await nextTurn();
  // 60 and 30 are 90. Then 20 more are too many, but 10 more are not.
  expect(all()).toEqual([true, true, false, true]);
  expect(all()).toEqual([true, true, false, true]);
  await nextTurn();
  expect(all()).toEqual([true, true, true, true]);
});
