import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { cleanUps } from '../support/clean-ups';
import { eventually } from '../support/eventually';
import { feedClient, TRANSPORTS } from '../support/feed-client';
import { startNodeHere } from '../support/node-process';
import { OpenIdProvider, RESOURCE, startOpenIdProvider } from '../support/openid/start';
import { temporaryFolder, TemporaryFolder } from '../support/temporary-folder';

/** Longer than the server waits before it looks for a new key, and shorter than it trusts the keys that it has. */
const A_WHILE_MS = 60_000;

const onEnd = cleanUps();
let folder: TemporaryFolder;
let provider: OpenIdProvider;

const atTheEnd = cleanUps(afterAll);

beforeAll(async () => {
  provider = await startOpenIdProvider(atTheEnd);
});

beforeEach(() => {
  folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
});

afterEach(() => {
  jest.restoreAllMocks();
});

/** A server whose tokens come from the provider. */
async function start(settings: Readonly<Record<string, string>> = {}) {
  const { address } = await startNodeHere(
    {
      AUTH_JWT_SECRET: '',
      AUTH_ISSUER: provider.issuer,
      AUTH_AUDIENCE: RESOURCE,
      AUTH_ROLES_CLAIM: 'realm_access.roles',
      AUTH_DEPARTMENTS_CLAIM: 'https://mingjian.example/departments',
      DATA_DIR: folder.path,
      ...settings,
    },
    onEnd,
  );
  return {
    url: address,
    statusOf: async (token: string) => (await ask(address, token)).status,
    codeOf: async (token: string) => {
      const { errors } = (await (await ask(address, token)).json()) as { errors?: { extensions: { code: string } }[] };
      return errors?.[0]?.extensions.code;
    },
    isReadingKeys: async () =>
      ((await (await fetch(`${address}/health/ready`)).json()) as { readonly tokens?: boolean }).tokens,
  };
}

const ask = (address: string, token: string) =>
  fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: '{ departments(first: 1) { totalCount } }' }),
  });

const realNow = Date.now.bind(Date);
/** From now on, the server's clock is ahead. */
const later = (milliseconds: number): void => {
  jest.spyOn(Date, 'now').mockImplementation(() => realNow() + milliseconds);
};

test('the issuer says where its keys are, and the claims are found by their paths', async () => {
  const { codeOf } = await start();
  expect(await codeOf(await provider.tokenOf('auditor'))).toBeUndefined();
  const stranger = await provider.tokenOf('visitor');
  expect(decodeJwt(stranger)).toMatchObject({ sub: 'person-visitor', realm_access: { roles: ['visitor'] } });
  expect(await codeOf(stranger)).toBe('FORBIDDEN');
});

test('a new key works after a while, and tokens of the old one end with it', async () => {
  const { statusOf } = await start();
  const before = await provider.tokenOf('auditor');
  expect(await statusOf(before)).toBe(200);
  await provider.rotateKey();
  const after = await provider.tokenOf('auditor');
  later(A_WHILE_MS);
  expect(await statusOf(after)).toBe(200);
  expect(await statusOf(before)).toBe(200);
  later(20 * A_WHILE_MS);
  expect(await statusOf(before)).toBe(401);
});

test('while the provider is down, known tokens work, and nobody is taken for a stranger', async () => {
  const { statusOf, isReadingKeys } = await start();
  const known = await provider.tokenOf('auditor');
  expect(await statusOf(known)).toBe(200);
  await provider.rotateKey();
  const fresh = await provider.tokenOf('auditor');
  const port = Number(new URL(provider.issuer).port);
  await provider.stop();
  later(A_WHILE_MS);
  expect(await statusOf(known)).toBe(200);
  expect(await statusOf(fresh)).toBe(503);
  later(20 * A_WHILE_MS);
  expect(await statusOf(known)).toBe(503);
  expect(await isReadingKeys()).toBe(false);
  provider = await startOpenIdProvider(atTheEnd, port);
  const again = await provider.tokenOf('auditor');
  await eventually('the server reads the keys again', async () => (await statusOf(again)) === 200);
});

test.each(TRANSPORTS)('a revoked token is refused, and its subscriptions over %s end', async (transport) => {
  const AUTH_REVOKED_TOKENS = join(folder.path, 'revoked.txt');
  writeFileSync(AUTH_REVOKED_TOKENS, '# nobody yet\n');
  const { statusOf, url } = await start({ AUTH_REVOKED_TOKENS });
  const [revoked, other] = [await provider.tokenOf('auditor'), await provider.tokenOf('auditor')];
  const client = feedClient(transport, { url, token: revoked });
  onEnd(() => {
    client.dispose();
  });
  const items: unknown[] = [];
  const ended = (async () => {
    for await (const item of client.ask()) items.push(item);
  })().catch((error: unknown) => error);
  await eventually('the subscription has begun', () => Promise.resolve(items.length > 0));
  appendFileSync(AUTH_REVOKED_TOKENS, `${decodeJwt(revoked).jti!}\n`);
  const end = await ended;
  if (transport === 'SSE') expect(items.at(-1)).toMatchObject({ errors: [{ message: 'The token is revoked.' }] });
  else expect(end).toMatchObject({ code: 4403 });
  expect(await statusOf(revoked)).toBe(401);
  expect(await statusOf(other)).toBe(200);
});
