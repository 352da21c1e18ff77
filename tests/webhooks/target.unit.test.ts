import { isTarget } from '../../src/webhooks/target';

const NONE: ReadonlySet<string> = new Set();

test.each([
  'https://receiver.example/hook?a=b',
  'https://receiver.example:8443',
  'https://例え.example/',
  'https://93.184.215.14/',
  'https://[2606:4700::1111]:8443/',
  // Nobody can see where a name leads before it is resolved.
  'https://localhost/',
  'https://127.0.0.1.example.org/',
])('%s may be the address of a webhook', (url) => {
  expect(isTarget(url, NONE)).toBe(true);
});

test.each([
  'http://receiver.example/',
  'ftp://receiver.example/',
  'file:///etc/passwd',
  'receiver.example',
  'https://user@receiver.example/',
  'https://:secret@receiver.example/',
  'https://receiver.example:443@127.0.0.1/',
  'https://receiver.example/#',
  'https://receiver.example/#a',
  `https://receiver.example/${'a'.repeat(3_000)}`,
])('%s may not', (url) => {
  expect(isTarget(url, NONE)).toBe(false);
});

test.each([
  'https://127.0.0.1/',
  'https://127.0.0.1./',
  'https://127.1/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0177.0.0.1/',
  'https://①②⑦.⓪.⓪.①/',
  'https://127。0。0。1/',
  'https:\\\\127.0.0.1\\',
  'ht\ntps://127.0.0.1\t/',
  'https://0/',
  'https://169.254.169.254/',
  'https://10.1.2.3:22/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[64:ff9b::10.0.0.1]/',
  'https://[2002:7f00:1::]/',
  'https://[fd00::1]/',
])('%j is an address that is not public, however it is written', (url) => {
  expect(isTarget(url, NONE)).toBe(false);
});

test('an origin of tests may be private, and no other', () => {
  const origins = new Set(['http://127.0.0.1:8099']);
  expect(isTarget('http://127.0.0.1:8099/hook', origins)).toBe(true);
  expect(isTarget('http://127.0.0.1:8098/hook', origins)).toBe(false);
  expect(isTarget('https://127.0.0.1:8099/hook', origins)).toBe(false);
});
