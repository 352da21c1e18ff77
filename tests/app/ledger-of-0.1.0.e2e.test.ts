import { SignJWT } from 'jose';
import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pino from 'pino';
import { readConfig } from '../../src/app/config';
import { startServer } from '../../src/app/server';
import { temporaryFolder } from '../support/temporary-folder';
import { WITH_COST } from '../support/cost';

const SECRET = 'a secret of the operator, long enough';
const FIXTURE = path.join(__dirname, '../fixtures/0.1.0');
const fixture = (file: string): string => readFileSync(path.join(FIXTURE, file), 'utf8');

test('a ledger that version 0.1.0 wrote gives the answers of version 0.1.0', async () => {
  const folder = temporaryFolder();
  copyFileSync(path.join(FIXTURE, 'ledger.db'), path.join(folder.path, 'ledger.db'));
  const config = readConfig({ AUTH_JWT_SECRET: SECRET, PORT: '0', DATA_DIR: folder.path });
  const server = await startServer(config, pino({ level: 'silent' }));
  try {
    const token = await new SignJWT({ roles: ['auditor'], departments: '*' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('auditor')
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(SECRET));
    const response = await fetch(`${server.address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: fixture('query.graphql') }),
    });
    expect(await response.json()).toEqual({
      data: JSON.parse(fixture('answer.json')) as unknown,
      extensions: WITH_COST,
    });
  } finally {
    await server.stop();
    folder.remove();
  }
});
