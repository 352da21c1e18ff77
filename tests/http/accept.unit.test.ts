import { acceptsCoding, preferred } from '../../src/http/accept';

const FORMATS = ['application/json', 'text/csv'];

test('the format with the highest quality is preferred; of several, the one that is named most closely', () => {
  expect(preferred('application/json;q=0.5, text/csv', FORMATS)).toBe('text/csv');
  expect(preferred('*/*, text/CSV', FORMATS)).toBe('text/csv');
  expect(preferred('text/*;Q=0.2', FORMATS)).toBe('text/csv');
  expect(preferred('image/png', FORMATS)).toBeUndefined();
});

test('a header of thousands of ranges is not read to its end', () => {
  const few = 'a/b,'.repeat(31);
  expect(preferred(`${few}text/csv`, FORMATS)).toBe('text/csv');
  expect(preferred(`${few}a/b,text/csv`, FORMATS)).toBeUndefined();
  expect(acceptsCoding(`${few}x,br`, 'br')).toBe(false);
});
