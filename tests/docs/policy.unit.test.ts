import { features } from '../../src/app/features';
import { ROLES } from '../../src/auth/principal';
import { ACTION_NAMES, BY_RIGHT_OF, DEFAULT_RIGHTS } from '../../src/auth/rights';
import { textOf } from './pages';

const cellsOf = (row: string): readonly string[] => row.split(' | ').map((cell) => cell.replace(/[|`]/g, '').trim());

const rows = textOf('docs/policy.md')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map(cellsOf);

test('the page has the roles of each right as the table has them', () => {
  const printed = rows.filter((row) => row.length > 2).map(([right, ...cells]) => [right, cells]);
  const expected = Object.entries(DEFAULT_RIGHTS).map(([right, roles]) => [
    right,
    ROLES.map((role) => (roles.includes(role) ? 'own' : '–')),
  ]);
  expect(printed).toEqual(expected);
  expect(
    textOf('docs/policy.md')
      .match(/^\| (right|action) \| .*$/gm)!
      .slice(0, 2)
      .map(cellsOf),
  ).toEqual([
    ['right', ...ROLES],
    ['action', ...ROLES],
  ]);
});

test('the page says which right each correction, reversal and batch needs', () => {
  const printed = rows.filter((row) => row.length === 2);
  expect(printed).toEqual(Object.entries(BY_RIGHT_OF).map(([action, rights]) => [action, rights.join(', ')]));
});

test('the policy knows every action of the ledger, and no other', () => {
  expect([...ACTION_NAMES].sort()).toEqual([...features.actions.keys()].sort());
});
