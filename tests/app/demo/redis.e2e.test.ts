import { SignJWT } from 'jose';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { buildDemoLedger } from '../../../src/app/demo/build';
import { readConfig } from '../../../src/app/config';
import { Server, startServer } from '../../../src/app/server';
import { sharedRedis } from '../../support/redis/shared-redis';
import { temporaryFolder } from '../../support/temporary-folder';
import { LEDGER, registering } from './support';

const SECRET = 'a secret of the operator, long enough';
const redis = sharedRedis();
const folders = { real: temporaryFolder(), demo: temporaryFolder() };
let servers: { readonly real: Server; readonly demo: Server };

const start = (environment: Readonly<Record<string, string>>) =>
  startServer(readConfig({ PORT: '0', REDIS_URL: redis.url, ...environment }), pino({ level: 'silent' }));

beforeAll(async () => {
  await buildDemoLedger({ ...LEDGER, path: join(folders.demo.path, 'ledger.db'), steps: [registering] });
  servers = {
    real: await start({ AUTH_JWT_SECRET: SECRET, DATA_DIR: folders.real.path }),
    demo: await start({ DEMO: '1', DATA_DIR: folders.demo.path }),
  };
});
afterAll(async () => {
  await servers.demo.stop();
  await servers.real.stop();
  folders.real.remove();
  folders.demo.remove();
});

async function departments(server: Server, token: string): Promise<readonly string[]> {
  const response = await fetch(`${server.address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: '{ departments { nodes { name } } }' }),
  });
  const { data } = (await response.json()) as { data: { departments: { nodes: readonly { name: string }[] } } };
  return data.departments.nodes.map(({ name }) => name);
}

test('a demo and a real ledger with the same prefix stay separate in one Redis', async () => {
  const admin = await new SignJWT({ roles: ['admin'], departments: '*' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('admin')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(SECRET));
  await fetch(`${servers.real.address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${admin}` },
    body: '{"query":"mutation { registerDepartment(input: { code: \\"D1\\", name: \\"实账局\\" }) { projected } }"}',
  });
  const { auditor } = JSON.parse(readFileSync(join(folders.demo.path, 'demo-tokens.json'), 'utf8')) as {
    auditor: { token: string };
  };
  expect(await departments(servers.demo, auditor.token)).toEqual(['甲局']);
  expect(await departments(servers.real, admin)).toEqual(['实账局']);
});
