import { pseudonyms } from '../../src/auth/pseudonym';

const KEY = 'a key of the tests, 32 bytes and more';

test('a person has one pseudonym in every process with the key, and no other person has it', () => {
  const names = ['u1', 'u2', 'U1', '张编辑', ''].map(pseudonyms(KEY));
  expect(new Set(names).size).toBe(5);
  expect(['u1', 'u2', 'U1', '张编辑', ''].map(pseudonyms(KEY))).toEqual(names);
  for (const name of names) expect(name).toMatch(/^person-[\w-]{16}$/);
});

test('a pseudonym needs the key', () => {
  expect(pseudonyms(`${KEY}?`)('u1')).not.toBe(pseudonyms(KEY)('u1'));
});

test('without a key everybody has the same', () => {
  expect(['u1', 'u2'].map(pseudonyms(undefined))).toEqual(['person', 'person']);
});
