import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { ConfigError, readConfig } from '../../src/app/config';
import { startServer } from '../../src/app/server';
import pino from 'pino';
import { cleanUps } from '../support/clean-ups';
import { eventually } from '../support/eventually';
import { temporaryFolder } from '../support/temporary-folder';

const onEnd = cleanUps();
const SECRET = 's'.repeat(32);

const tokenWith = (jti: string): Promise<string> =>
  new SignJWT({ roles: ['auditor'], jti })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('u1')
    .setExpirationTime('1h')
    .sign(Buffer.from(SECRET));

async function start(settings: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const config = readConfig({ HOST: '127.0.0.1', PORT: '0', DATA_DIR: folder.path, ...settings });
  const server = await startServer(config, pino({ level: 'silent' }));
  onEnd(() => server.stop());
  return {
    warning: async () =>
      ((await (await fetch(`${server.address}/health/ready`)).json()) as { readonly warning?: string }).warning,
    statusOf: async (token: string) =>
      (
        await fetch(`${server.address}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: '{"query":"{ ledger { demo } }"}',
        })
      ).status,
  };
}

function file(content: string): string {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const path = join(folder.path, 'file');
  writeFileSync(path, content);
  return path;
}

test('a list that is lost lets nobody in, and a warning says that it is lost', async () => {
  const list = file('lost-phone\n');
  const { statusOf, warning } = await start({ AUTH_JWT_SECRET: SECRET, AUTH_REVOKED_TOKENS: list });
  const [revoked, other] = [await tokenWith('lost-phone'), await tokenWith('desk')];
  expect([await statusOf(revoked), await statusOf(other), await warning()]).toEqual([401, 200, undefined]);
  rmSync(list);
  await eventually('the warning comes', async () => (await warning())?.includes('AUTH_REVOKED_TOKENS'));
  expect([await statusOf(revoked), await statusOf(other)]).toEqual([401, 200]);
  writeFileSync(list, 'desk\n');
  await eventually('the list counts again', async () => (await statusOf(other)) === 401);
  expect([await statusOf(revoked), await warning()]).toEqual([401, undefined]);
});

test.each([
  ['AUTH_REVOKED_TOKENS', 'a list of words\n', /line 1 is no jti/],
  ['AUTH_REVOKED_TOKENS', undefined, /ENOENT/],
])('a server does not start with a wrong %s', async (variable, content, message) => {
  const path = content === undefined ? '/nowhere/list' : file(content);
  const started = start({ AUTH_JWT_SECRET: SECRET, [variable]: path });
  await expect(started).rejects.toThrow(ConfigError);
  await expect(started).rejects.toThrow(message);
});

test('a server does not start with a wrong list of issuers', async () => {
  const started = start({ AUTH_ISSUERS_FILE: file('{"issuers":[]}') });
  await expect(started).rejects.toThrow(ConfigError);
  await expect(started).rejects.toThrow(/^AUTH_ISSUERS_FILE: /);
});

test('a server starts with the list of issuers in the guide', async () => {
  const guide = readFileSync(join(__dirname, '../../docs/identity.md'), 'utf8');
  const [, json] = /```json\n(.*?)```/s.exec(guide)!;
  await start({ AUTH_ISSUERS_FILE: file(json!) });
});
