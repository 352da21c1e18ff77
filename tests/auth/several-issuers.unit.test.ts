import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { IssuersFileError, readIssuersFile } from '../../src/auth/issuers-file';
import { RevokedTokens } from '../../src/auth/revoked-tokens';
import { Principal } from '../../src/auth/principal';
import { createTokenVerifier } from '../../src/auth/token-verifier';
import { IssuerOptions } from '../../src/auth/trusted-issuer';
import { isTrustedUrl } from '../../src/auth/trusted-url';
import { Outage } from '../../src/kernel/outage';
import { TestClock } from '../support/clock';
import { keyServer, KeyServer } from '../support/key-server';

const NOW_S = Math.floor(Date.now() / 1000);
const INVALID = 'The token is invalid.';

let key: CryptoKey;
let strangerKey: CryptoKey;
let server: KeyServer;

beforeAll(async () => {
  const [own, stranger] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
  key = own.privateKey;
  strangerKey = stranger.privateKey;
  server = await keyServer();
  server.answers.set('/keys', { keys: [{ ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'ES256' }] });
  server.answers.set('/other-keys', { keys: [{ ...(await exportJWK(stranger.publicKey)), kid: 'one', alg: 'ES256' }] });
});

beforeEach(() => {
  server.asked.length = 0;
});

afterAll(() => server.close());

const sign = (claims: object, by = key, kid = 'one'): Promise<string> =>
  new SignJWT({ sub: 'u1', aud: 'ledger', exp: NOW_S + 3600, ...claims })
    .setProtectedHeader({ alg: 'ES256', kid })
    .sign(by);

function verifierOf(issuers: readonly IssuerOptions[], revoked?: RevokedTokens) {
  const clock = new TestClock(NOW_S * 1000);
  const verifier = createTokenVerifier({ issuers, revoked, clock });
  return {
    clock,
    requireKeys: () => verifier.requireKeys(),
    answer: async (token: string) => {
      const verified = await verifier.verify(`Bearer ${token}`);
      if (verified.ok) return verified.value.principal;
      return 'message' in verified.refusal && verified.refusal.message;
    },
    verify: (token: string) => verifier.verify(`Bearer ${token}`),
  };
}

describe('several issuers', () => {
  const two = (): IssuerOptions[] => [
    { issuer: 'urn:a', audience: 'ledger', jwksUrl: `${server.url}/keys`, subjectPrefix: '' },
    { issuer: 'urn:b', audience: 'b-ledger', jwksUrl: `${server.url}/other-keys`, subjectPrefix: 'b:' },
  ];

  test('each has its own keys and audience, and names its persons apart', async () => {
    const { answer } = verifierOf(two());
    expect(await answer(await sign({ iss: 'urn:a' }))).toMatchObject({ sub: 'u1' });
    expect(await answer(await sign({ iss: 'urn:b', aud: 'b-ledger' }, strangerKey))).toMatchObject({ sub: 'b:u1' });
    expect(await answer(await sign({ iss: 'urn:b' }, strangerKey))).toBe(INVALID);
    expect(await answer(await sign({ iss: 'urn:a' }, strangerKey))).toBe(INVALID);
    expect(await answer(await sign({ iss: 'urn:b', aud: 'b-ledger' }))).toBe(INVALID);
  });

  test('none of them names a person of another one', async () => {
    const { answer } = verifierOf(two());
    expect(await answer(await sign({ iss: 'urn:a', sub: 'b:u1' }))).toBe(INVALID);
  });

  test('a token of an unknown issuer causes no request', async () => {
    const { answer } = verifierOf(two());
    for (const claims of [{ iss: 'urn:c' }, {}, { iss: 1 }]) expect(await answer(await sign(claims))).toBe(INVALID);
    expect(server.asked).toEqual([]);
  });

  test('nor does one with a prefix name a person of one with a longer prefix', async () => {
    const [one, other] = two();
    const { answer } = verifierOf([
      { ...one!, subjectPrefix: 'b' },
      { ...other!, subjectPrefix: 'b:' },
    ]);
    expect(await answer(await sign({ iss: 'urn:a', sub: ':u1' }))).toBe(INVALID);
    expect(await answer(await sign({ iss: 'urn:a', sub: 'u1' }))).toMatchObject({ sub: 'bu1' });
  });

  test.each<[string, () => readonly IssuerOptions[]]>([
    ['none', () => []],
    ['one twice', () => [two()[0]!, { ...two()[1]!, issuer: 'urn:a' }]],
    ['one without a name', () => [two()[0]!, { ...two()[1]!, issuer: undefined }]],
  ])('are not %s', (_what, issuers) => {
    expect(() => verifierOf(issuers())).toThrow('Each of several issuers needs a name of its own.');
  });

  test('are an outage if the keys of none can be read', async () => {
    const { requireKeys } = verifierOf(two().map((issuer) => ({ ...issuer, jwksUrl: `${server.url}/nothing` })));
    await expect(requireKeys()).rejects.toThrow(Outage);
  });

  test('while the keys of one cannot be read, the other works', async () => {
    const [one, other] = two();
    const { answer, requireKeys } = verifierOf([one!, { ...other!, jwksUrl: `${server.url}/nothing` }]);
    await requireKeys();
    expect(await answer(await sign({ iss: 'urn:a' }))).toMatchObject({ sub: 'u1' });
    await expect(answer(await sign({ iss: 'urn:b', aud: 'b-ledger' }, strangerKey))).rejects.toThrow(Outage);
  });
});

describe('the keys of an issuer that is asked for their address', () => {
  const configuration = '/.well-known/openid-configuration';
  const verifier = () => verifierOf([{ issuer: server.url, audience: 'ledger' }]);
  const token = () => sign({ iss: server.url });

  test('are found once', async () => {
    server.answers.set(configuration, { issuer: server.url, jwks_uri: `${server.url}/keys` });
    const { answer } = verifier();
    const [one, two] = await Promise.all([token(), sign({ iss: server.url, sub: 'u2' })]);
    expect(await Promise.all([answer(one), answer(two)])).toMatchObject([{ sub: 'u1' }, { sub: 'u2' }]);
    expect(server.asked).toEqual([configuration, '/keys']);
  });

  test.each<[string, () => object | undefined]>([
    ['says that it is another issuer', () => ({ issuer: `${server.url}/`, jwks_uri: `${server.url}/keys` })],
    ['has keys that could be altered on the way', () => ({ issuer: server.url, jwks_uri: 'http://keys.example/' })],
    ['has no keys', () => ({ issuer: server.url })],
    ['cannot be reached', () => undefined],
  ])('are an outage if it %s', async (_, document) => {
    server.answers.set(configuration, document());
    const { answer, requireKeys } = verifier();
    await expect(answer(await token())).rejects.toThrow(Outage);
    await expect(requireKeys()).rejects.toThrow(Outage);
  });
});

test('a flood of tokens of a failing issuer asks it only a few times', async () => {
  server.answers.set('/broken', undefined);
  const { answer } = verifierOf([{ issuer: 'urn:a', jwksUrl: `${server.url}/broken` }]);
  for (let i = 0; i < 50; i++) await expect(answer(await sign({ iss: 'urn:a', i }))).rejects.toThrow(Outage);
  expect(server.asked.length).toBeLessThan(10);
});

describe('a token that may be revoked', () => {
  const issuers = () => [{ issuer: 'urn:a', jwksUrl: `${server.url}/keys` }];

  test('is refused from then on, although it is known', async () => {
    const revoked = new RevokedTokens();
    const { answer, verify } = verifierOf(issuers(), revoked);
    const token = await sign({ iss: 'urn:a', jti: 't1' });
    const verified = await verify(token);
    const ended = jest.fn();
    if (verified.ok) verified.value.onRevoked!(ended);
    revoked.revoke(['t1']);
    expect(ended).toHaveBeenCalledTimes(1);
    expect(await answer(token)).toBe('The token is revoked.');
    expect(await answer(await sign({ iss: 'urn:a', jti: 't1', n: 2 }))).toBe('The token is revoked.');
    expect(await answer(await sign({ iss: 'urn:a', jti: 't2' }))).toMatchObject({ sub: 'u1' });
  });

  test.each([undefined, '', 1, ' t1', 'a b', '#1', '\ud800', ['t1']])(
    'needs an id that can be listed, which %j is not',
    async (jti) => {
      const { answer } = verifierOf(issuers(), new RevokedTokens());
      expect(await answer(await sign({ iss: 'urn:a', jti }))).toBe(INVALID);
    },
  );
});

describe('the paths of claims', () => {
  const paths = {
    rolesClaim: ['realm_access', 'roles'],
    departmentsClaim: ['office', 'write'],
    readDepartmentsClaim: ['office', 'read'],
  };
  const principalOf = async (options: Partial<IssuerOptions>, claims: object) =>
    verifierOf([{ issuer: 'urn:a', jwksUrl: `${server.url}/keys`, ...options }]).answer(
      await sign({ iss: 'urn:a', ...claims }),
    );
  const nested = { realm_access: { roles: ['editor'] }, office: { write: ['D1'], read: ['D2'] } };
  const plain = { roles: ['admin'], departments: ['D8'], readDepartments: ['D9'] };
  const reads = (principal: unknown) => {
    const { roles, departments, readDepartments } = principal as Principal;
    return [roles, departments.patterns, readDepartments.patterns];
  };

  test('are where the claims are, and nowhere else', async () => {
    expect(reads(await principalOf(paths, { ...nested, ...plain }))).toEqual([['editor'], ['D1'], ['D2']]);
    expect(reads(await principalOf({}, { ...nested, ...plain }))).toEqual([['admin'], ['D8'], ['D9']]);
  });

  test.each<[string, object]>([
    ['nothing', {}],
    ['lists on the way', { realm_access: [{ roles: ['editor'] }], office: [{ write: ['D1'] }] }],
    ['texts on the way', { realm_access: 'roles', office: 'write' }],
  ])('that lead to %s give no roles and no departments', async (_what, claims) => {
    expect(reads(await principalOf(paths, { ...plain, ...claims }))).toEqual([[], [], []]);
  });

  test.each<[string, object]>([
    ['a text in place of roles', { realm_access: { roles: 'editor' } }],
    ['an object in place of roles', { realm_access: { roles: { editor: true } } }],
    ['a list in a list', { realm_access: { roles: [['editor']] } }],
    ['a code in place of a list', { office: { write: 'D1' } }],
    ['null', { office: { read: null } }],
  ])('that lead to %s refuse the token', async (_what, claims) => {
    expect(await principalOf(paths, claims)).toBe(INVALID);
  });
});

test('a token becomes no older than the issuer allows', async () => {
  const { answer, clock, verify } = verifierOf([{ issuer: 'urn:a', jwksUrl: `${server.url}/keys`, maxAgeSeconds: 60 }]);
  expect(await answer(await sign({ iss: 'urn:a' }))).toBe(INVALID);
  expect(await answer(await sign({ iss: 'urn:a', iat: NOW_S - 60 }))).toBe('The token has expired.');
  const token = await sign({ iss: 'urn:a', iat: NOW_S - 59 });
  expect(await verify(token)).toMatchObject({ value: { expiresAt: (NOW_S + 1) * 1000 } });
  clock.move(1_000);
  expect(await answer(token)).toBe('The token has expired.');
});

describe('a file of issuers', () => {
  const read = (issuers: unknown, audience?: string) => readIssuersFile(JSON.stringify({ issuers }), { audience });

  test('takes what an issuer does not say from the settings', () => {
    const issuers = [
      { issuer: 'https://a.example', subjectPrefix: '', rolesClaim: 'realm_access.roles' },
      { issuer: 'urn:b', jwksUrl: 'https://b.example/keys', subjectPrefix: 'b:', audience: 'other' },
    ];
    expect(read(issuers, 'ledger')).toEqual([
      { ...issuers[0], audience: 'ledger', rolesClaim: ['realm_access', 'roles'] },
      issuers[1],
    ]);
  });

  test.each<[string, unknown, RegExp]>([
    ['no issuer', [], /issuers/],
    ['an unknown field', [{ issuer: 'https://a.example', secret: 'x', audience: 'a' }], /secret/],
    ['an issuer twice', ['', 'b:'].map((subjectPrefix) => ({ issuer: 'https://a', subjectPrefix })), /listed twice/],
    [
      'several issuers that may name persons alike',
      ['https://a', 'https://b'].map((issuer) => ({ issuer })),
      /subjectPrefix/,
    ],
    ['keys that could be altered on the way', [{ issuer: 'http://a.example', audience: 'a' }], /expected jwksUrl/],
    ['no audience', [{ issuer: 'https://a.example' }], /needs an audience/],
    ['a wrong path', [{ issuer: 'https://a.example', audience: 'a', rolesClaim: 'a..b' }], /path of a claim/],
  ])('is refused with %s', (_, issuers, message) => {
    expect(() => read(issuers)).toThrow(IssuersFileError);
    expect(() => read(issuers)).toThrow(message);
  });

  test('is refused if it is not JSON', () => {
    expect(() => readIssuersFile('issuers:', {})).toThrow('it is not JSON');
  });
});

test.each([
  ['https://a.example/realms/x', true],
  ['http://127.0.0.1:8080', true],
  ['http://[::1]/', true],
  ['http://localhost', true],
  ['http://a.example', false],
  ['ftp://127.0.0.1', false],
  ['urn:a', false],
  ['', false],
])('%s can be trusted: %s', (url, expected) => {
  expect(isTrustedUrl(url)).toBe(expected);
});
