import { createSign, generateKeyPairSync } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { createTokenVerifier } from '../../src/auth/token-verifier';
import { TokenVerifier, KeyHolder } from '../../src/auth/verified-token';
import { Outage } from '../../src/kernel/outage';
import { FakeProvider } from './fake-provider';

const KEYS = 'https://keys.example/jwks';
const ELSEWHERE = 'https://elsewhere.example/jwks';
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

interface OwnKey {
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

async function newKey(kid: string): Promise<OwnKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256' } };
}

let one: OwnKey;
let next: OwnKey;
beforeAll(async () => {
  [one, next] = await Promise.all([newKey('one'), newKey('next')]);
});

let provider: FakeProvider;
let verifier: TokenVerifier & KeyHolder;
beforeEach(() => {
  provider = new FakeProvider();
  provider.publish(KEYS, { keys: [one.jwk] });
  verifier = createTokenVerifier({ jwksUrl: KEYS, timeoutMs: 10 });
});
afterEach(() => {
  jest.restoreAllMocks();
});

let tokens = 0;

/** Each token is another one, so none is answered from the cache. */
const signed = ({ privateKey }: OwnKey, kid: string): Promise<string> =>
  new SignJWT({ sub: 'u1', n: ++tokens, exp: Math.floor(Date.now() / 1000) + 3600 })
    .setProtectedHeader({ alg: 'ES256', kid })
    .sign(privateKey);

async function judged(token: string): Promise<string> {
  const result = await verifier.verify(`Bearer ${token}`);
  return result.ok ? 'valid' : 'refused';
}

const answer = async (key = one, kid = String(key.jwk.kid)): Promise<string> => judged(await signed(key, kid));
const requests = (): number => provider.asked.length;

describe('keys that an issuer publishes', () => {
  test('are read once for 10 minutes', async () => {
    expect(await answer()).toBe('valid');
    provider.pass(10 * MINUTE - 1);
    expect(await answer()).toBe('valid');
    expect(requests()).toBe(1);
    provider.pass(1);
    expect(await answer()).toBe('valid');
    expect(requests()).toBe(2);
  });

  test('may begin with a byte order mark', async () => {
    provider.answer(KEYS, () => new Response(`\ufeff${JSON.stringify({ keys: [one.jwk] })}`));
    expect(await answer()).toBe('valid');
  });

  test('are read to see whether they can be, unless they have been', async () => {
    await verifier.requireKeys();
    await verifier.requireKeys();
    expect(requests()).toBe(1);
    provider.pass(10 * MINUTE);
    provider.answer(KEYS, () => new Response(null, { status: 500 }));
    await expect(verifier.requireKeys()).rejects.toThrow(Outage);
    expect(requests()).toBe(2);
  });
});

describe('a key id that is not among the keys', () => {
  test('causes no request for 10 seconds, and then one', async () => {
    expect(await answer(one, 'unknown')).toBe('refused');
    provider.pass(10 * SECOND);
    expect(await answer(one, 'unknown')).toBe('refused');
    expect(requests()).toBe(1);
    provider.pass(1);
    expect(await answer(one, 'unknown')).toBe('refused');
    expect(requests()).toBe(2);
  });

  test('causes none within 5 seconds after the keys were read, and is looked for again after them', async () => {
    expect(await answer()).toBe('valid');
    provider.publish(KEYS, { keys: [one.jwk, next.jwk] });
    provider.pass(5 * SECOND - 1);
    expect(await answer(next)).toBe('refused');
    expect(requests()).toBe(1);
    provider.pass(1);
    expect(await answer(next)).toBe('valid');
    expect(requests()).toBe(2);
  });

  test('is found as soon as the keys are read for another one', async () => {
    expect(await answer(next)).toBe('refused');
    provider.publish(KEYS, { keys: [one.jwk, next.jwk] });
    provider.pass(5 * SECOND);
    expect(await answer(next)).toBe('refused');
    expect(await answer(one, 'unknown')).toBe('refused');
    expect(await answer(next)).toBe('valid');
    expect(requests()).toBe(2);
  });

  test.each(['__proto__', 'constructor', '', 'x'.repeat(4_000)])('may be %s', async (kid) => {
    expect(await answer(one, kid)).toBe('refused');
    expect(await answer()).toBe('valid');
  });

  test('costs a flood of them one request in 5 seconds', async () => {
    for (let second = 0; second < 15; second++) {
      for (let each = 0; each < 3; each++) expect(await answer(one, `unknown-${second}-${each}`)).toBe('refused');
      provider.pass(SECOND);
    }
    expect(requests()).toBe(3);
    expect(await answer()).toBe('valid');
  });
});

describe('keys that cannot be read', () => {
  const large = () => Response.json({ keys: [one.jwk], padding: 'x'.repeat(1_048_576) });
  const redirected = () => new Response(null, { status: 302, headers: { location: ELSEWHERE } });
  beforeEach(() => {
    provider.publish(ELSEWHERE, { keys: [one.jwk] });
  });

  test.each<[string, () => Response]>([
    ['a failure', () => Response.json({ keys: [one.jwk] }, { status: 500 })],
    ['another address', redirected],
    ['no JSON', () => new Response('<html>')],
    ['null', () => Response.json(null)],
    ['a list', () => Response.json([one.jwk])],
    ['an object of another kind', () => Response.json({ error: 'temporarily_unavailable' })],
    ['a text in place of the keys', () => Response.json({ keys: 'none' })],
    ['a key that is no object', () => Response.json({ keys: [one.jwk, 'key'] })],
    ['more than 1 MiB', large],
  ])('because the answer is %s, are an outage, and cost a flood of tokens two requests', async (_what, broken) => {
    provider.answer(KEYS, broken);
    for (let each = 0; each < 20; each++) await expect(answer()).rejects.toThrow(Outage);
    expect(provider.asked).toEqual([KEYS, KEYS]);
    provider.publish(KEYS, { keys: [one.jwk] });
    provider.pass(SECOND);
    expect(await answer()).toBe('valid');
  });

  test('are an outage if no answer comes in time, for all who wait for it', async () => {
    provider.hang(KEYS);
    const sent = await Promise.all([1, 2, 3].map(() => signed(one, 'one')));
    const waiting = await Promise.allSettled(sent.map(judged));
    for (const result of waiting) expect(result).toMatchObject({ status: 'rejected', reason: expect.any(Outage) });
    expect(requests()).toBe(1);
  });
});

describe('a key that cannot be used', () => {
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const weakJwk = { ...(weak.publicKey.export({ format: 'jwk' }) as JWK), kid: 'weak', alg: 'RS256' };
  const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

  /** jose would not sign with it. */
  function signedByWeakKey(): string {
    const claims = { sub: 'u1', exp: Math.floor(Date.now() / 1000) + 3600 };
    const content = `${base64url({ alg: 'RS256', kid: 'weak' })}.${base64url(claims)}`;
    return `${content}.${createSign('RSA-SHA256').update(content).sign(weak.privateKey).toString('base64url')}`;
  }

  test('because it is too short, is an outage to those who need it only', async () => {
    provider.publish(KEYS, { keys: [weakJwk, one.jwk] });
    await expect(judged(signedByWeakKey())).rejects.toThrow(Outage);
    expect(await answer()).toBe('valid');
  });
});
