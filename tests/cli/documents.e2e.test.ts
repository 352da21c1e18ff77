import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { gql } from '@apollo/client';
import { addTypenameToDocument } from '@apollo/client/utilities';
import { print } from 'graphql';
import { hashOf, readManifest } from '../../src/app/trusted-documents';
import { UsageError } from '../../src/cli/command';
import { documentsCommand } from '../../src/cli/documents';
import { temporaryFolder, TemporaryFolder } from '../support/temporary-folder';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

function file(name: string, text: string): string {
  const whole = path.join(folder.path, name);
  mkdirSync(path.dirname(whole), { recursive: true });
  writeFileSync(whole, text);
  return whole;
}

async function run(...arguments_: readonly string[]) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const context = { out, err, signal: new AbortController().signal } as never;
  const status = await documentsCommand.run(arguments_, context);
  const read = (stream: PassThrough): string => ((stream.read() as Buffer | null) ?? '').toString();
  return { status, out: read(out), err: read(err) };
}

const FRAGMENT = 'fragment Named on Department { code name }';
const SHARED = 'query Shared { department(code: "D") { ...Named } }';

test('a file with one operation is kept exactly as it is', async () => {
  const text = '# Who answers?\nquery   Demo { ledger { demo } }\n';
  file('demo.graphql', text);
  const { status, out, err } = await run(folder.path);
  expect({ status, err }).toEqual({ status: 0, err: '1 documents are valid\n' });
  const operation = { id: hashOf(text), name: 'Demo', type: 'query', body: text };
  expect(JSON.parse(out)).toEqual({ format: 'apollo-persisted-query-manifest', version: 1, operations: [operation] });
});

test('an operation gets the fragments of other files, and several operations of one file are separate documents', async () => {
  file('parts/fragment.gql', FRAGMENT);
  file(
    'operations.graphql',
    `${SHARED}\nmutation Add { registerDepartment(input: { code: "D", name: "甲" }) { position } }`,
  );
  file('notes.txt', 'query Ignored {');
  const { out } = await run(folder.path, '--format', 'map');
  expect(Object.values(JSON.parse(out) as object)).toEqual([
    `${SHARED}\n\n${FRAGMENT}`,
    'mutation Add { registerDepartment(input: { code: "D", name: "甲" }) { position } }',
  ]);
});

test('for Apollo Client the texts are those that it sends', async () => {
  const text = `${SHARED} ${FRAGMENT}`;
  file('shared.graphql', text);
  const { out } = await run(folder.path, '--apollo-client', '--format', 'map');
  expect(Object.values(JSON.parse(out) as object)).toEqual([print(addTypenameToDocument(gql(text)))]);
});

test('a manifest that was written passes the check', async () => {
  file('demo.graphql', 'query Demo { ledger { demo } }');
  const manifest = path.join(folder.path, 'manifest.json');
  expect(await run(folder.path, '--out', manifest)).toMatchObject({ status: 0, out: '' });
  expect(readManifest(readFileSync(manifest, 'utf8'))).toMatchObject([{ name: 'Demo' }]);
  expect(await run('--check', manifest)).toEqual({ status: 0, out: '1 documents are valid\n', err: '' });
});

test('the check names each document that the schema refuses, with the place', async () => {
  const text = '{ ledger {\n demoo } }';
  const manifest = file('manifest.json', JSON.stringify({ [hashOf(text)]: text }));
  expect(await run('--check', manifest)).toEqual({
    status: 1,
    out: '',
    err: `${hashOf(text)}:2:2: Cannot query field "demoo" on type "Ledger".\n1 of 1 documents are refused\n`,
  });
});

test.each([
  ['an operation without a name', { 'a.graphql': '{ ledger { demo } }' }, 'a.graphql: an operation has no name'],
  [
    'two operations of one name',
    { 'a.graphql': 'query A { ledger { demo } }', 'b.graphql': 'query A { ledger { head } }' },
    'b.graphql: another operation is named A, too',
  ],
  [
    'two fragments of one name',
    { 'a.graphql': FRAGMENT, 'b.graphql': `${SHARED} ${FRAGMENT}` },
    'b.graphql: another fragment is named Named, too',
  ],
  ['a fragment that is missing', { 'a.graphql': SHARED }, 'a.graphql: there is no fragment Named'],
  ['wrong syntax', { 'a.graphql': 'query A {\n  ledger { demo' }, 'a.graphql:2:16: Syntax Error'],
  ['no operation', { 'a.graphql': FRAGMENT }, 'has no operation'],
  ['an unknown field', { 'a.graphql': 'query A { none }' }, 'A:1:11: Cannot query field "none" on type "Query".'],
])('%s is reported, and no manifest is written', async (_, files, message) => {
  for (const [name, text] of Object.entries(files)) file(name, text);
  const { status, out, err } = await run(folder.path);
  expect({ status, out }).toEqual({ status: 1, out: '' });
  expect(err).toContain(message);
});

test('a folder or a manifest that is not there is one line', async () => {
  for (const arguments_ of [['/none'], ['--check', '/none.json']]) {
    const { status, err } = await run(...arguments_);
    expect({ status, err }).toEqual({ status: 1, err: expect.stringMatching(/^ENOENT[^\n]*\n$/) });
  }
});

test.each([[[]], [['a', 'b']], [['a', '--check', 'b']], [['a', '--format', 'xml']], [['--none']]])(
  'the arguments %j are refused',
  async (arguments_) => {
    await expect(async () => run(...arguments_)).rejects.toThrow(UsageError);
  },
);
