import { DepartmentScope } from '../../../src/auth/department-scope';
import { ReadEntry } from '../../../src/reads/merged-reads';
import { visibleTo } from '../../../src/reading/on-record/visible-reads';

const entryOf = (departments: readonly string[]): ReadEntry => ({
  place: { day: '2023-06-30', position: 1n, index: 0 },
  sub: 'u-1',
  operation: 'asOf',
  departments,
  fields: [],
  count: 1,
  firstAt: 0,
  lastAt: 0,
  moments: [],
});

const SCOPE = DepartmentScope.of(['D1', '44*']);

test.each<[string, readonly string[], readonly string[]]>([
  ['codes of the scope', ['D2', '441300', 'D1', 'D12'], ['441300', 'D1']],
  ['a prefix within the scope', ['4413*'], ['4413*']],
  ['the same prefix', ['44*'], ['44*']],
  ['a wider prefix, as what is in the scope', ['4*'], ['44*']],
  ['all, as what is in the scope', ['*'], ['44*', 'D1']],
  ['a prefix and a code of it, once', ['D*', 'D1'], ['D1']],
])('a reader sees of an entry %s', (_what, departments, expected) => {
  const entry = entryOf(departments);
  expect(visibleTo(SCOPE, entry)).toEqual({ ...entry, departments: expected });
});

test.each([['D2'], ['D12*'], ['5*'], ['45*']])('a reader does not see an entry of %s', (text) => {
  expect(visibleTo(SCOPE, entryOf([text]))).toBeUndefined();
});

test('only a reader of everything sees an entry that belongs to no department', () => {
  const entry = entryOf([]);
  expect(visibleTo(SCOPE, entry)).toBeUndefined();
  expect(visibleTo(DepartmentScope.ALL, entry)).toBe(entry);
});
