import { SignJWT } from 'jose';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { ConfigError, readConfig } from '../../src/app/config';
import { startServer } from '../../src/app/server';
import { cleanUps } from '../support/clean-ups';
import { temporaryFolder } from '../support/temporary-folder';

const SECRET = 's'.repeat(32);
const onEnd = cleanUps();

function startWith(policy: string | undefined) {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const file = join(folder.path, 'policy.json');
  if (policy !== undefined) writeFileSync(file, policy);
  const config = readConfig({ AUTH_JWT_SECRET: SECRET, PORT: '0', DATA_DIR: folder.path, POLICY_FILE: file });
  return startServer(config, pino({ level: 'silent' }));
}

test.each([
  ['no file', undefined, /^POLICY_FILE: .*policy\.json: ENOENT/],
  ['a file that is not JSON', 'x', /^POLICY_FILE: .*policy\.json: it is not JSON/],
  ['an auditor that writes', '{"auditor":{"allow":["planTask"]}}', /^POLICY_FILE: .*auditor never writes/],
])('a server does not start with %s', async (_what, policy, message) => {
  const started = startWith(policy);
  await expect(started).rejects.toThrow(ConfigError);
  await expect(started).rejects.toThrow(message);
});

test('a server gives the roles the rights of the file', async () => {
  const server = await startWith('{"editor":{"allow":["registerDepartment"]},"admin":{"deny":["registerDepartment"]}}');
  onEnd(() => server.stop());
  const ask = async (role: string) => {
    const token = await new SignJWT({ roles: [role], departments: '*' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(role)
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(SECRET));
    const response = await fetch(`${server.address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({
        query: `mutation { registerDepartment(input: { code: "D1", name: "甲局" }, dryRun: true) { department { name } } }`,
      }),
    });
    const { data, errors } = await response.json();
    return data?.registerDepartment?.department.name ?? errors[0].extensions.code;
  };
  expect(await ask('editor')).toBe('甲局');
  expect(await ask('admin')).toBe('FORBIDDEN');
});
