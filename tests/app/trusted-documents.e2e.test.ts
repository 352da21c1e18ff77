import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { SignJWT } from 'jose';
import pino from 'pino';
import { ConfigError, readConfig } from '../../src/app/config';
import { pageDocuments } from '../../src/app/page';
import { startServer } from '../../src/app/server';
import { logTelemetry } from '../../src/telemetry/log';
import { unlistedReporter } from '../../src/app/unlisted-documents';
import { hashOf } from '../../src/app/trusted-documents';
import { temporaryFolder, TemporaryFolder } from '../support/temporary-folder';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

const SECRET = { AUTH_JWT_SECRET: 's'.repeat(32) };

function startWith(manifest: object | string | undefined, mode = 'enforce') {
  const file = join(folder.path, 'documents.json');
  if (manifest !== undefined) writeFileSync(file, typeof manifest === 'string' ? manifest : JSON.stringify(manifest));
  const config = readConfig({
    ...SECRET,
    PORT: '0',
    DATA_DIR: folder.path,
    TRUSTED_DOCUMENTS: file,
    TRUSTED_DOCUMENTS_MODE: mode,
  });
  return startServer(config, pino({ level: 'silent' }));
}

const listed = (...texts: readonly string[]) => Object.fromEntries(texts.map((text) => [hashOf(text), text]));

test.each([
  ['no file', undefined, /documents\.json: ENOENT/],
  ['a manifest that is not JSON', 'x', /documents\.json: the manifest is not JSON/],
  ['a document that the schema refuses', listed('{ ledger { demo none } }'), /1 of the listed documents: .*"none"/],
  ['a document that the limits refuse', listed(`{ ${'a '.repeat(3_000)} }`), /at most 2500 tokens/],
])('a server does not start with %s', async (_, manifest, message) => {
  const started = startWith(manifest);
  await expect(started).rejects.toThrow(ConfigError);
  await expect(started).rejects.toThrow(message);
  await expect(started).rejects.toThrow(/^TRUSTED_DOCUMENTS: /);
});

test('a server starts with valid documents', async () => {
  const server = await startWith(listed('{ ledger { demo } }'));
  await server.stop();
});

test('what the page sends is executed, without being listed', async () => {
  const server = await startWith(listed('{ ledger { demo } }'));
  const token = await new SignJWT({ roles: ['auditor'] })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('auditor')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(SECRET.AUTH_JWT_SECRET));
  const ask = async (query: string): Promise<unknown> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const body = JSON.stringify({ query });
    return (await fetch(`${server.address}/graphql`, { method: 'POST', headers, body })).json();
  };
  const session = pageDocuments().find(({ text }) => text.includes('query Session'))!.text;
  expect(await ask(session)).toMatchObject({ data: { viewer: { sub: 'auditor' } } });
  expect(await ask(`${session} # changed`)).toMatchObject({
    errors: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }],
  });
  await server.stop();
});

test('the mode off does not read the manifest', async () => {
  const server = await startWith('x', 'off');
  await server.stop();
});

test.each(['log', 'enforce'])('the mode %s needs a manifest', (TRUSTED_DOCUMENTS_MODE) => {
  const read = () => readConfig({ ...SECRET, TRUSTED_DOCUMENTS_MODE });
  expect(read).toThrow('TRUSTED_DOCUMENTS_MODE: expected TRUSTED_DOCUMENTS to be set');
});

test('each document that is not listed is logged once, by its hash, and no more than 1,000 of them', () => {
  const lines: string[] = [];
  const stream = new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(line.toString());
      done();
    },
  });
  const report = unlistedReporter(logTelemetry(pino(stream)));
  for (const text of ['{ secret }', '{ secret }', '{ other }']) report(text);
  expect(lines.map((line) => (JSON.parse(line) as { sha256: string }).sha256)).toEqual([
    hashOf('{ secret }'),
    hashOf('{ other }'),
  ]);
  expect(lines.join('')).not.toContain('secret');
  for (let n = 0; n < 1_500; n++) report(`{ a${n} }`);
  expect(lines).toHaveLength(1_000);
});
