import { DepartmentScope } from '../../src/auth/department-scope';
import { createHmac, createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { SignJWT, type JWTPayload } from 'jose';
import type { Principal } from '../../src/auth/principal';
import { createTokenVerifier, type TokenVerifierOptions } from '../../src/auth/token-verifier';
import { TokenVerifier, VerifiedToken } from '../../src/auth/verified-token';
import type { Result } from '../../src/kernel/refusal';
import { TestClock } from '../support/clock';

const SECRET = 'a secret of the tests, 32 bytes and more';
const NOW_S = 1_700_000_000;
const IN_AN_HOUR = NOW_S + 3600;

const MISSING = { kind: 'UNAUTHENTICATED', message: 'A bearer token is required.' };
const INVALID = { kind: 'UNAUTHENTICATED', message: 'The token is invalid.' };
const NO_ACCESS_TOKEN = { kind: 'UNAUTHENTICATED', message: 'The token is no access token.' };
const EXPIRED = { kind: 'UNAUTHENTICATED', message: 'The token has expired.' };

const newClock = () => new TestClock(NOW_S * 1000);

const verifierWith = (options: TokenVerifierOptions = {}) =>
  createTokenVerifier({ secret: SECRET, clock: newClock(), ...options });

const goodClaims: JWTPayload = { sub: 'u1', roles: ['editor'], departments: ['D001'], exp: IN_AN_HOUR };

const sign = (claims: JWTPayload, { alg = 'HS256', secret = SECRET } = {}): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg }).sign(createSecretKey(secret, 'utf8'));

const base64url = (json: string | Buffer): string => Buffer.from(json as string).toString('base64url');

/** Signs payloads that jose would refuse to sign. */
function signRaw(header: string, payload: string | Buffer): string {
  const content = `${base64url(header)}.${base64url(payload)}`;
  return `${content}.${createHmac('sha256', SECRET).update(content).digest('base64url')}`;
}

async function refusalOf(result: ReturnType<TokenVerifier['verify']>) {
  const settled = await result;
  return settled.ok ? undefined : settled.refusal;
}

async function principalOf(result: ReturnType<TokenVerifier['verify']>): Promise<Principal> {
  const settled = await result;
  if (!settled.ok) throw new Error(JSON.stringify(settled.refusal));
  return settled.value.principal;
}

const isImmediate = (result: ReturnType<TokenVerifier['verify']>): result is Result<VerifiedToken> =>
  !(result instanceof Promise);

describe('a token signed with the shared secret', () => {
  it('names its principal', async () => {
    const token = await sign({ ...goodClaims, name: '张编辑' });
    expect(await principalOf(verifierWith().verify(`Bearer ${token}`))).toEqual({
      sub: 'u1',
      name: '张编辑',
      roles: ['editor'],
      departments: DepartmentScope.of(['D001']),
      readDepartments: DepartmentScope.of(['D001']),
    });
  });

  it('may have none of our roles: authentication and authorisation are separate', async () => {
    const token = await sign({ sub: 'u1', roles: ['mail-user'], exp: IN_AN_HOUR });
    expect((await principalOf(verifierWith().verify(`Bearer ${token}`))).roles).toEqual([]);
  });

  it.each([
    ['sub is missing', { sub: undefined }],
    ['roles are a text', { roles: 'admin' }],
    ['departments are a number', { departments: 1 }],
  ])('is refused when %s', async (_, claims) => {
    const token = await sign({ ...goodClaims, ...claims });
    expect(await refusalOf(verifierWith().verify(`Bearer ${token}`))).toEqual(INVALID);
  });

  it('gains nothing from claims that aim at the prototype', async () => {
    const payload = `{"sub":"u1","exp":${IN_AN_HOUR},"__proto__":{"roles":["admin"],"departments":"*"}}`;
    const principal = await principalOf(verifierWith().verify(`Bearer ${signRaw('{"alg":"HS256"}', payload)}`));
    expect(principal).toEqual({
      sub: 'u1',
      roles: [],
      departments: DepartmentScope.NONE,
      readDepartments: DepartmentScope.NONE,
    });
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('claims that are written in an odd way', () => {
  const verify = (members: string) =>
    verifierWith().verify(`Bearer ${signRaw('{"alg":"HS256"}', `{"sub":"u1","exp":${IN_AN_HOUR}${members}}`)}`);

  it.each<[string, string, readonly string[], readonly string[]]>([
    ['twice, the last one counts', ',"roles":["admin"],"roles":["editor"]', ['editor'], []],
    ['twice in two ways, the last one counts', ',"roles":["admin"],"r\\u006fles":[]', [], []],
    ['as names that every object has', ',"roles":["constructor","__proto__"]', [], []],
    ['as a prefix that is none', ',"roles":["editor"],"departments":["D0 *","*1"," *"]', ['editor'], []],
    ['with a star in it', ',"roles":["editor"],"departments":["D*1","D0**","D?"]', ['editor'], []],
    ['with spaces around it', ',"roles":[" editor","editor "],"departments":[" * "," D1"]', [], []],
  ])('%s', async (_what, members, roles, departments) => {
    const principal = await principalOf(verify(members));
    expect([principal.roles, principal.departments.patterns]).toEqual([roles, departments]);
  });

  it.each([
    ['an exp that is twice, and past', `,"exp":${NOW_S}`, EXPIRED],
    ['a sub that is a list', ',"sub":["u1"]', INVALID],
    ['a sub that is an object', ',"sub":{"toString":"u1"}', INVALID],
    ['a list of roles in a list', ',"roles":[["admin"]]', INVALID],
    ['roles that are like a list', ',"roles":{"0":"admin","length":1}', INVALID],
    ['departments that are all of them in a list in a list', ',"departments":[["*"]]', INVALID],
    ['an nbf that is infinite', ',"nbf":1e999', INVALID],
    ['an iat that is infinite', ',"iat":1e999', INVALID],
    ['an iat that is null', ',"iat":null', INVALID],
  ])('are refused with %s', async (_what, members, refusal) => {
    expect(await refusalOf(verify(members))).toEqual(refusal);
  });
});

describe('a token of another kind that is signed with the same key', () => {
  const refusal = (header: string, claims: object, secret?: string) =>
    refusalOf(
      verifierWith({ secret: secret ?? SECRET }).verify(
        `Bearer ${signRaw(header, JSON.stringify({ sub: 'u1', roles: ['admin'], exp: IN_AN_HOUR, ...claims }))}`,
      ),
    );

  it.each([
    ['its header', '{"alg":"HS256","typ":"logout+jwt"}', {}],
    ['a header that is no text', '{"alg":"HS256","typ":["JWT"]}', {}],
    ['its claims', '{"alg":"HS256","typ":"JWT"}', { nonce: 'n' }],
  ])('is refused by %s', async (_what, header, claims) => {
    expect(await refusal(header, claims)).toEqual(NO_ACCESS_TOKEN);
  });

  it('says nothing of its kind if the signature is wrong', async () => {
    expect(await refusal('{"alg":"HS256","typ":"JWT"}', { nonce: 'n' }, `another ${SECRET}`)).toEqual(INVALID);
  });
});

describe('the Authorization header', () => {
  it.each(['Bearer ', 'bearer ', 'BEARER ', 'bEaReR    '])('may begin with %j', async (scheme) => {
    expect((await principalOf(verifierWith().verify(scheme + (await sign(goodClaims))))).sub).toBe('u1');
  });

  it.each([undefined, '', 'Bearer', 'Basic dTpw', 'Bearer\teyJ.eyJ.sig', ' Bearer eyJ.eyJ.sig', 'eyJ.eyJ.sig'])(
    'as %j carries no bearer token',
    async (header) => {
      expect(await refusalOf(verifierWith().verify(header))).toEqual(MISSING);
    },
  );

  it.each<[string, (token: string) => string]>([
    ['no token', () => 'Bearer '],
    ['the scheme twice', (token) => `Bearer Bearer ${token}`],
    ['two headers joined into one', (token) => `Bearer ${token}, Bearer ${token}`],
    ['two tokens', (token) => `Bearer ${token} ${token}`],
    ['a space at its end', (token) => `Bearer ${token} `],
    ['a line break', (token) => `Bearer ${token}\r\nX-Other: 1`],
    ['quotes', (token) => `Bearer "${token}"`],
    ['padding', (token) => `Bearer ${token}=`],
    ['four parts', (token) => `Bearer ${token}.e30`],
    ['two parts', (token) => `Bearer ${token.slice(0, token.lastIndexOf('.'))}`],
    ['letters from outside ASCII', (token) => `Bearer ${token}é`],
  ])('is refused without any verification with %s', async (_, header) => {
    const result = verifierWith().verify(header(await sign(goodClaims)));
    expect(isImmediate(result)).toBe(true);
    expect(await refusalOf(result)).toEqual(INVALID);
  });

  it('is refused without any verification if it is too long, even if the signature is valid', async () => {
    const token = await sign({ ...goodClaims, padding: 'x'.repeat(8 * 1024) });
    const result = verifierWith().verify(`Bearer ${token}`);
    expect(isImmediate(result)).toBe(true);
    expect(await refusalOf(result)).toEqual(INVALID);
  });

  it('may have 8,192 characters, and no more', async () => {
    const token = await sign(goodClaims);
    const ofLength = (length: number) => `Bearer${' '.repeat(length - 'Bearer'.length - token.length)}${token}`;
    expect((await principalOf(verifierWith().verify(ofLength(8_192)))).sub).toBe('u1');
    expect(await refusalOf(verifierWith().verify(ofLength(8_193)))).toEqual(INVALID);
  });

  it('never makes the verifier throw, whatever it contains and even if it is signed', async () => {
    const verifier = verifierWith();
    const claim = fc.constantFrom(
      'sub',
      'exp',
      'nbf',
      'iat',
      'iss',
      'aud',
      'name',
      'roles',
      'departments',
      '__proto__',
    );
    const payload = fc.dictionary(claim, fc.jsonValue()).map((claims) => JSON.stringify(claims));
    const parameter = fc.constantFrom('alg', 'typ', 'kid', 'crit', 'b64', 'jwk', '__proto__');
    const oddHeader = fc.dictionary(parameter, fc.jsonValue()).map((header) => JSON.stringify(header));
    const header = fc.oneof(fc.constant('{"alg":"HS256"}'), oddHeader, fc.json());
    const authorization = fc.oneof(
      fc.string(),
      fc.string().map((text) => `Bearer ${text}`),
      fc.tuple(header, fc.oneof(payload, fc.json())).map(([head, body]) => `Bearer ${signRaw(head, body)}`),
    );
    await fc.assert(
      fc.asyncProperty(authorization, async (text) => {
        expect(typeof (await verifier.verify(text)).ok).toBe('boolean');
      }),
    );
  });
});

describe('a forged token', () => {
  const admin = JSON.stringify({ sub: 'root', roles: ['admin'], departments: '*', exp: IN_AN_HOUR });

  it.each(['none', 'None', 'NONE', 'nOnE'])('of algorithm %s is refused, signed or not', async (alg) => {
    const header = JSON.stringify({ alg });
    const unsigned = `Bearer ${base64url(header)}.${base64url(admin)}.`;
    expect(await refusalOf(verifierWith().verify(unsigned))).toEqual(INVALID);
    expect(await refusalOf(verifierWith().verify(`Bearer ${signRaw(header, admin)}`))).toEqual(INVALID);
  });

  it.each(['HS384', 'HS512'])('of algorithm %s is refused: only HS256 is accepted', async (alg) => {
    const secret = SECRET.repeat(2);
    const token = await sign(goodClaims, { alg, secret });
    expect(await refusalOf(verifierWith({ secret }).verify(`Bearer ${token}`))).toEqual(INVALID);
  });

  it.each([
    ['without an algorithm', '{}'],
    ['with an algorithm that is a list', '{"alg":["HS256"]}'],
    ['with a header that is not an object', '"HS256"'],
    ['with a header that is not JSON', '{"alg":"HS256"'],
    ['with a critical extension', '{"alg":"HS256","crit":["exp"],"exp":1}'],
    ['with an unencoded payload', '{"alg":"HS256","crit":["b64"],"b64":false}'],
  ])('%s is refused', async (_, header) => {
    expect(await refusalOf(verifierWith().verify(`Bearer ${signRaw(header, admin)}`))).toEqual(INVALID);
  });

  it('with a payload that is not UTF-8 is refused, even if it is signed', async () => {
    const [before, after] = ['{"sub":"u', `","exp":${IN_AN_HOUR}}`].map((text) => Buffer.from(text));
    const payload = (middle: number[]) => Buffer.concat([before!, Buffer.from(middle), after!]);
    const verify = (middle: number[]) => verifierWith().verify(`Bearer ${signRaw('{"alg":"HS256"}', payload(middle))}`);
    expect((await principalOf(verify([0x31]))).sub).toBe('u1');
    expect(await refusalOf(verify([0xff]))).toEqual(INVALID);
  });

  it('with a payload from elsewhere is refused', async () => {
    const [header, , signature] = (await sign(goodClaims)).split('.');
    const tampered = `Bearer ${header!}.${base64url(admin)}.${signature!}`;
    expect(await refusalOf(verifierWith().verify(tampered))).toEqual(INVALID);
  });

  it('signed with another secret is refused', async () => {
    const token = await sign(goodClaims, { secret: `${SECRET}?` });
    expect(await refusalOf(verifierWith().verify(`Bearer ${token}`))).toEqual(INVALID);
  });

  it('is not reported as expired', async () => {
    const token = await sign({ ...goodClaims, exp: NOW_S - 3600 }, { secret: `${SECRET}?` });
    expect(await refusalOf(verifierWith().verify(`Bearer ${token}`))).toEqual(INVALID);
  });
});

describe('the times of a token', () => {
  it.each([
    ['exp is now', { exp: NOW_S }, EXPIRED],
    ['exp was a second ago, within the grace of nbf', { exp: NOW_S - 1 }, EXPIRED],
    ['exp was an hour ago', { exp: NOW_S - 3600 }, EXPIRED],
    ['exp is missing', { exp: undefined }, INVALID],
    ['nbf is 5 s ahead', { nbf: NOW_S + 5 }, undefined],
    ['nbf is 6 s ahead', { nbf: NOW_S + 6 }, INVALID],
    ['iat is 5 s ahead', { iat: NOW_S + 5 }, undefined],
    ['iat is 6 s ahead', { iat: NOW_S + 6 }, INVALID],
    ['iat is long ago', { iat: 1 }, undefined],
  ])('when %s', async (_, times, expected) => {
    const token = await sign({ ...goodClaims, ...times });
    expect(await refusalOf(verifierWith().verify(`Bearer ${token}`))).toEqual(expected);
  });

  it.each([
    ['exp is infinite', '{"sub":"u1","exp":1e999}'],
    ['exp is a text', `{"sub":"u1","exp":"${IN_AN_HOUR}"}`],
    ['exp is null', '{"sub":"u1","exp":null}'],
    ['nbf is a text', `{"sub":"u1","exp":${IN_AN_HOUR},"nbf":"0"}`],
    ['iat is a text', `{"sub":"u1","exp":${IN_AN_HOUR},"iat":"0"}`],
  ])('are refused when %s', async (_, payload) => {
    const token = signRaw('{"alg":"HS256"}', payload);
    expect(await refusalOf(verifierWith().verify(`Bearer ${token}`))).toEqual(INVALID);
  });
});

describe('issuer and audience', () => {
  const issuer = 'https://login.example.gov.cn';
  const audience = 'mingjian';
  const verifier = verifierWith({ issuer, audience });

  it.each([
    ['both are right', { iss: issuer, aud: audience }, undefined],
    ['the audience is one of several', { iss: issuer, aud: ['mail', audience] }, undefined],
    ['the issuer is a different one', { iss: `${issuer}.evil.example`, aud: audience }, INVALID],
    ['the issuer is missing', { aud: audience }, INVALID],
    ['the audience is a different one', { iss: issuer, aud: 'mail' }, INVALID],
    ['the audience is missing', { iss: issuer }, INVALID],
    ['the audience is an empty list', { iss: issuer, aud: [] }, INVALID],
  ])('when %s', async (_, claims, expected) => {
    const token = await sign({ ...goodClaims, ...claims });
    expect(await refusalOf(verifier.verify(`Bearer ${token}`))).toEqual(expected);
  });

  it('do not matter if none is configured', async () => {
    const token = await sign({ ...goodClaims, iss: 'https://elsewhere.example', aud: 'mail' });
    expect(await refusalOf(verifierWith().verify(`Bearer ${token}`))).toBeUndefined();
  });
});

describe('a token seen before', () => {
  it('is answered synchronously, with the same principal', async () => {
    const verifier = verifierWith();
    const header = `Bearer ${await sign(goodClaims)}`;
    const first = verifier.verify(header);
    expect(isImmediate(first)).toBe(false);
    const second = verifier.verify(header);
    expect(isImmediate(second)).toBe(false);
    const principal = await principalOf(first);
    await second;

    const again = verifier.verify(header);
    expect(isImmediate(again)).toBe(true);
    expect(await principalOf(again)).toEqual(principal);
  });

  it('expires exactly at its exp', async () => {
    const clock = newClock();
    const verifier = verifierWith({ clock });
    const header = `Bearer ${await sign(goodClaims)}`;
    await principalOf(verifier.verify(header));

    clock.set(IN_AN_HOUR * 1000 - 1);
    expect(isImmediate(verifier.verify(header))).toBe(true);
    clock.set(IN_AN_HOUR * 1000);
    expect(await refusalOf(verifier.verify(header))).toEqual(EXPIRED);
  });

  it('expires at an exp between two seconds, and so does a new one', async () => {
    const clock = newClock();
    const header = `Bearer ${await sign({ ...goodClaims, exp: NOW_S + 0.5 })}`;
    const verifier = verifierWith({ clock });

    clock.set(NOW_S * 1000 + 499);
    await principalOf(verifier.verify(header));
    clock.set(NOW_S * 1000 + 500);
    expect(await refusalOf(verifier.verify(header))).toEqual(EXPIRED);
    expect(await refusalOf(verifierWith({ clock }).verify(header))).toEqual(EXPIRED);
  });

  it('that was too early is verified again, not cached as invalid', async () => {
    const clock = newClock();
    const verifier = verifierWith({ clock });
    const header = `Bearer ${await sign({ ...goodClaims, nbf: NOW_S + 60 })}`;
    expect(await refusalOf(verifier.verify(header))).toEqual(INVALID);

    clock.set((NOW_S + 60) * 1000);
    expect((await principalOf(verifier.verify(header))).sub).toBe('u1');
  });

  it('is not evicted by a flood of invalid ones', async () => {
    const verifier = verifierWith({ cacheSize: 2 });
    const good = [await sign(goodClaims), await sign({ ...goodClaims, sub: 'u2' })];
    for (const token of good) await principalOf(verifier.verify(`Bearer ${token}`));

    for (let i = 0; i < 100; i += 1) {
      const bad = await sign({ ...goodClaims, sub: `bad-${i}` }, { secret: 'of another issuer' });
      expect(await refusalOf(verifier.verify(`Bearer ${bad}`))).toEqual(INVALID);
    }
    for (const token of good) expect(isImmediate(verifier.verify(`Bearer ${token}`))).toBe(true);
  });

  it('is evicted by newer ones when the cache is full', async () => {
    const verifier = verifierWith({ cacheSize: 2 });
    const headers = await Promise.all(
      ['u1', 'u2', 'u3'].map(async (sub) => `Bearer ${await sign({ ...goodClaims, sub })}`),
    );
    for (const header of headers) await principalOf(verifier.verify(header));
    expect(headers.map((header) => isImmediate(verifier.verify(header)))).toEqual([false, true, true]);
  });

  it('does not answer for a token that differs in one letter', async () => {
    const verifier = verifierWith();
    const token = await sign(goodClaims);
    await principalOf(verifier.verify(`Bearer ${token}`));
    const changed = token.replace(/\.(.)/, (_, letter: string) => `.${letter === 'e' ? 'f' : 'e'}`);
    expect(await refusalOf(verifier.verify(`Bearer ${changed}`))).toEqual(INVALID);
    expect(isImmediate(verifier.verify(`Bearer ${token}`))).toBe(true);
  });
});

describe('a verifier', () => {
  it.each<[string, TokenVerifierOptions, RegExp]>([
    ['no source of keys', {}, /exactly one/],
    ['two sources of keys', { secret: SECRET, jwksUrl: 'http://127.0.0.1/jwks' }, /exactly one/],
    ['two sources of keys of an issuer', { secret: SECRET, jwksUrl: 'http://127.0.0.1/', issuer: 'a' }, /exactly one/],
    ['a secret of spaces', { secret: ' '.repeat(32) }, /not all of them spaces/],
    ['an empty secret', { secret: '' }, /at least 32 bytes/],
    ['a JWKS URL that is not a URL', { jwksUrl: 'jwks' }, /Invalid URL/],
  ])('is not made from %s', (_, options, message) => {
    expect(() => createTokenVerifier(options)).toThrow(message);
  });
});
