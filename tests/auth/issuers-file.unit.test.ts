import { IssuersFileError, readIssuersFile } from '../../src/auth/issuers-file';
import { isTrustedUrl } from '../../src/auth/trusted-url';

const DEFAULTS = { audience: 'mingjian', maxAgeSeconds: 60 };
const ISSUER = { issuer: 'https://one.example' };
const OTHER = { issuer: 'https://two.example', subjectPrefix: 'two:' };

const read = (issuers: unknown, defaults: Parameters<typeof readIssuersFile>[1] = DEFAULTS) =>
  readIssuersFile(JSON.stringify({ issuers }), defaults);

it('takes what an issuer does not say from the defaults, and reads paths of claims', () => {
  const own = { ...ISSUER, audience: 'own', rolesClaim: 'realm_access.roles', departmentsClaim: '/a~1b/c' };
  expect(read([own])).toEqual([
    { ...own, maxAgeSeconds: 60, rolesClaim: ['realm_access', 'roles'], departmentsClaim: ['a/b', 'c'] },
  ]);
});

it('begins with a byte order mark or not', () => {
  expect(readIssuersFile(`\ufeff${JSON.stringify({ issuers: [ISSUER] })}`, DEFAULTS)).toHaveLength(1);
});

it.each<[string, unknown, string]>([
  ['no issuer', [], 'Too small'],
  [
    'the same issuer twice',
    [
      { ...ISSUER, subjectPrefix: '' },
      { ...ISSUER, subjectPrefix: 'a' },
    ],
    'listed twice',
  ],
  ['one of several issuers without a prefix', [ISSUER, OTHER], 'needs a subjectPrefix'],
  ['a path that is none', [{ ...ISSUER, rolesClaim: 'a..b' }], 'expected the path of a claim'],
  ['a key address that is none', [{ ...ISSUER, jwksUrl: 'ftp://one.example' }], 'expected an https address'],
  [
    'keys that could be altered on the way',
    [{ ...ISSUER, jwksUrl: 'http://one.example/jwks' }],
    'an http address of this machine, or one that AUTH_HTTP_ORIGINS allows',
  ],
  ['an issuer whose keys could be altered on the way', [{ issuer: 'http://one.example' }], 'expected jwksUrl'],
  ['a name that is no field', [{ ...ISSUER, audiences: 'a' }], 'Unrecognized key'],
  ['no maximum age', [{ ...ISSUER, maxAgeSeconds: 0 }], 'Too small'],
])('refuses %s', (_what, issuers, message) => {
  expect(() => read(issuers)).toThrow(IssuersFileError);
  expect(() => read(issuers)).toThrow(message);
});

it('takes several issuers that each have a prefix, and one whose keys are at an address of their own', () => {
  const keys = { issuer: 'any name', subjectPrefix: '', jwksUrl: 'https://keys.example/jwks' };
  expect(read([keys, OTHER]).map(({ issuer }) => issuer)).toEqual(['any name', OTHER.issuer]);
});

it('takes keys by http from the origins that are allowed, and from no others', () => {
  const defaults = { ...DEFAULTS, httpOrigins: ['http://sso.office.example:8080'] };
  const plain = [
    { issuer: 'http://sso.office.example:8080/realms/a', subjectPrefix: '' },
    { ...OTHER, jwksUrl: 'http://sso.office.example:8080/keys' },
  ];
  expect(read(plain, defaults)).toMatchObject(plain);
  for (const one of plain) {
    const elsewhere = JSON.parse(JSON.stringify(one).replaceAll(':8080', '')) as unknown;
    expect(() => read([elsewhere], defaults)).toThrow('expected');
  }
});

it('refuses an issuer that has no audience, also if another one has', () => {
  expect(() => read([{ ...ISSUER, subjectPrefix: '', audience: 'a' }, OTHER], {})).toThrow(
    `${OTHER.issuer} needs an audience`,
  );
});

it.each([
  ['{', 'it is not JSON'],
  ['{"issuers":[{"issuer":"https://one.example","audience":"a","audience":"b"}]}', 'the member "audience" twice'],
])('refuses %s', (json, message) => {
  expect(() => readIssuersFile(json, DEFAULTS)).toThrow(IssuersFileError);
  expect(() => readIssuersFile(json, DEFAULTS)).toThrow(message);
});

test.each<[string, boolean]>([
  ['https://keys.example', true],
  ['http://127.0.0.1:8080/jwks', true],
  ['http://[::1]:8080', true],
  ['http://localhost', true],
  ['http://keys.example', false],
  ['ftp://127.0.0.1', false],
  ['keys.example', false],
  ['http://keys.office.example:8080/jwks', true],
  ['http://keys.office.example/jwks', false],
  ['http://keys.office.example:8080@keys.example/jwks', false],
  ['ftp://keys.office.example:8080', false],
])('keys may be read at %s: %s', (url, isTrusted) => {
  expect(isTrustedUrl(url, ['http://keys.office.example:8080'])).toBe(isTrusted);
});
