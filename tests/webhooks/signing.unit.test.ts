import { createHash } from 'node:crypto';
import { delayAfter, MOST_FAILURES } from '../../src/webhooks/back-off';
import { hashOf, keyOf, newSecret } from '../../src/webhooks/secret';
import { signedHeaders } from '../../src/webhooks/signing';
import { isTarget } from '../../src/webhooks/target';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
/** A message whose signature the reference libraries of Standard Webhooks test. */
const MESSAGE = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: 1_614_265_330_999, body: '{"test": 2432232314}' };
const SIGNATURE = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';

test('a delivery is signed as Standard Webhooks says', () => {
  expect(signedHeaders(MESSAGE, [SECRET])).toEqual({
    'webhook-id': MESSAGE.id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': SIGNATURE,
  });
});

test('with two secrets there are two signatures, with a space between them', () => {
  const signature = signedHeaders(MESSAGE, [newSecret(), SECRET])['webhook-signature']!;
  expect(signature).toMatch(/^v1,\S{44} v1,\S{44}$/);
  expect(signature.split(' ')[1]).toBe(SIGNATURE);
});

const secretOf = (bytes: number): string => `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`;

test.each<[string, number]>([
  [SECRET, 24],
  [secretOf(24), 24],
  [secretOf(64), 64],
  [newSecret(), 32],
])('%s is a secret', (secret, bytes) => {
  expect(keyOf(secret)).toHaveLength(bytes);
});

test.each([
  '',
  'whsec_',
  secretOf(23),
  secretOf(65),
  SECRET.slice('whsec_'.length),
  ` ${SECRET}`,
  `${SECRET}\n`,
  SECRET.replace('M', '!'),
  secretOf(32).replace(/=$/, ''),
  `whsec_${'_'.repeat(32)}`,
  `WHSEC_${'A'.repeat(32)}`,
])('%j is none', (text) => {
  expect(keyOf(text)).toBeUndefined();
});

test('no two secrets are the same, and the log has the SHA-256 of one', () => {
  expect(newSecret()).not.toBe(newSecret());
  expect(hashOf(SECRET)).toBe(createHash('sha256').update(SECRET).digest('hex'));
});

test('failed deliveries are tried again later and later, for over a day, and then no more', () => {
  const delays = Array.from({ length: MOST_FAILURES - 1 }, (_, index) => delayAfter(index + 1)!);
  expect(delays).toEqual([...delays].sort((one, other) => one - other));
  expect(delays.reduce((sum, delay) => sum + delay)).toBeGreaterThan(24 * 3_600_000);
  expect(delayAfter(MOST_FAILURES)).toBeUndefined();
});

const TESTS = new Set(['http://127.0.0.1:8099']);

test.each(['https://example.org/', 'https://example.org:8443/a?b=c', 'http://127.0.0.1:8099/a', 'HTTPS://EXAMPLE.ORG'])(
  'a webhook may have the address %s',
  (url) => {
    expect(isTarget(url, TESTS)).toBe(true);
  },
);

test.each([
  '',
  'example.org',
  '/hook',
  'http://example.org/',
  'http://127.0.0.1:8098/',
  'ftp://example.org/',
  'file:///etc/passwd',
  'https://',
  'https://user@example.org/',
  'https://user:password@example.org/',
  'https://example.org/#part',
  'https://example.org/#',
  `https://example.org/${'a'.repeat(2_000)}`,
])('a webhook may not have the address %j', (url) => {
  expect(isTarget(url, TESTS)).toBe(false);
});
