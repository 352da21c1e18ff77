import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { createTokenVerifier } from '../../src/auth/token-verifier';
import { Outage } from '../../src/kernel/outage';
import { FakeProvider } from './fake-provider';

const ISSUER = 'https://sso.example/realms/x';
const CONFIGURATION = `${ISSUER}/.well-known/openid-configuration`;
const [KEYS, OTHER_KEYS] = ['https://keys.example/one', 'https://keys.example/other'];
const MINUTE = 60_000;

let privateKey: CryptoKey;
let jwk: JWK;
beforeAll(async () => {
  const pair = await generateKeyPair('ES256');
  privateKey = pair.privateKey;
  jwk = { ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'ES256' };
});

let provider: FakeProvider;
beforeEach(() => {
  provider = new FakeProvider();
  provider.publish(CONFIGURATION, { issuer: ISSUER, jwks_uri: KEYS });
  provider.publish(KEYS, { keys: [jwk] });
});
afterEach(() => {
  jest.restoreAllMocks();
});

let tokens = 0;

/** Judges tokens of an issuer. Each token is another one, so none is answered from the cache. */
function answering(issuer = ISSUER, httpOrigins?: readonly string[]) {
  const verifier = createTokenVerifier({ issuer, httpOrigins, timeoutMs: 10 });
  return async (): Promise<string> => {
    const token = await new SignJWT({ sub: 'u1', n: ++tokens, exp: Math.floor(Date.now() / 1000) + 3600 })
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .setIssuer(issuer)
      .sign(privateKey);
    return (await verifier.verify(`Bearer ${token}`)).ok ? 'valid' : 'refused';
  };
}

test('the address of the keys is asked for once in 10 minutes, and a new one counts from then on', async () => {
  const answer = answering();
  expect(await Promise.all([answer(), answer(), answer()])).toEqual(['valid', 'valid', 'valid']);
  expect(provider.asked).toEqual([CONFIGURATION, KEYS]);
  provider.publish(CONFIGURATION, { issuer: ISSUER, jwks_uri: OTHER_KEYS });
  provider.publish(OTHER_KEYS, { keys: [] });
  provider.pass(10 * MINUTE - 1);
  expect(await answer()).toBe('valid');
  expect(provider.asked).toEqual([CONFIGURATION, KEYS]);
  provider.pass(1);
  expect(await answer()).toBe('refused');
  expect(provider.asked).toEqual([CONFIGURATION, KEYS, CONFIGURATION, OTHER_KEYS]);
});

test('an issuer may end in a slash', async () => {
  provider.publish(CONFIGURATION, { issuer: `${ISSUER}/`, jwks_uri: KEYS });
  expect(await answering(`${ISSUER}/`)()).toBe('valid');
});

test('the keys are read by http from an origin that the operator allows', async () => {
  const keys = 'http://keys.office.example:8080/one';
  provider.publish(CONFIGURATION, { issuer: ISSUER, jwks_uri: keys });
  provider.publish(keys, { keys: [jwk] });
  expect(await answering(ISSUER, [new URL(keys).origin])()).toBe('valid');
  await expect(answering(ISSUER, ['http://keys.office.example'])()).rejects.toThrow(Outage);
});

test.each<[string, unknown]>([
  ['is of another issuer', { issuer: `${ISSUER}/other`, jwks_uri: KEYS }],
  ['is of an issuer with another slash', { issuer: `${ISSUER}/`, jwks_uri: KEYS }],
  ['names no issuer', { jwks_uri: KEYS }],
  ['has no address', { issuer: ISSUER }],
  ['has an address that can be altered on the way', { issuer: ISSUER, jwks_uri: 'http://keys.example/one' }],
  ['has an address of a file', { issuer: ISSUER, jwks_uri: 'file:///etc/passwd' }],
  ['has an address that only seems to be this machine', { issuer: ISSUER, jwks_uri: 'http://127.0.0.1.example/' }],
  ['has no address but a text', { issuer: ISSUER, jwks_uri: 'keys' }],
  ['is a list', [{ issuer: ISSUER, jwks_uri: KEYS }]],
  ['is null', null],
])('a document that %s is an outage, and a flood of tokens asks for it twice', async (_what, document) => {
  provider.publish(CONFIGURATION, document);
  const answer = answering();
  for (let each = 0; each < 20; each++) await expect(answer()).rejects.toThrow(Outage);
  expect(provider.asked).toEqual([CONFIGURATION, CONFIGURATION]);
});

test('a document that does not come in time is an outage', async () => {
  provider.hang(CONFIGURATION);
  await expect(answering()()).rejects.toThrow(Outage);
});

test('a document is not looked for elsewhere', async () => {
  const elsewhere = 'https://elsewhere.example/';
  provider.answer(CONFIGURATION, () => new Response(null, { status: 302, headers: { location: elsewhere } }));
  provider.publish(elsewhere, { issuer: ISSUER, jwks_uri: KEYS });
  await expect(answering()()).rejects.toThrow(Outage);
  expect(provider.asked).toEqual([CONFIGURATION]);
});
