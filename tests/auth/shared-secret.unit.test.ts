import { isSafeSecret, MIN_SECRET_BYTES } from '../../src/auth/shared-secret';

test('a secret is safe from 32 bytes on', () => {
  expect(MIN_SECRET_BYTES).toBe(32);
  expect(isSafeSecret('x'.repeat(31))).toBe(false);
  expect(isSafeSecret('x'.repeat(32))).toBe(true);
});

test('bytes count, not characters', () => {
  expect(isSafeSecret('密'.repeat(10))).toBe(false);
  expect(isSafeSecret('密'.repeat(11))).toBe(true);
});

test.each([' ', '\t', '\n', '\u3000'])('a secret of nothing but %j is not safe, however long', (space) => {
  expect(isSafeSecret(space.repeat(64))).toBe(false);
  expect(isSafeSecret(`${space.repeat(64)}x`)).toBe(true);
});
