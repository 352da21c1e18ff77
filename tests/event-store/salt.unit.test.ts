import { newSalt } from '../../src/event-store/salt';

test('each salt has 16 bytes, and no other salt is the same', () => {
  const salts = Array.from({ length: 2_000 }, newSalt);
  expect(new Set(salts).size).toBe(2_000);
  for (const salt of salts) expect(Buffer.from(salt, 'base64')).toHaveLength(16);
});
