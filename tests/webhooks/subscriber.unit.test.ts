import { DepartmentScope } from '../../src/auth/department-scope';
import { Principal } from '../../src/auth/principal';
import { knownTo, principalOf, subscriberOf } from '../../src/webhooks/subscriber';

const person = (more: Partial<Principal> = {}): Principal => ({
  sub: 'u-1',
  roles: ['editor'],
  departments: DepartmentScope.of(['D1']),
  readDepartments: DepartmentScope.of(['D1', 'D2*']),
  ...more,
});

test.each([person(), person({ name: '张编辑', readDepartments: DepartmentScope.NONE })])(
  'a delivery is for whoever subscribed, with what he might read then',
  (principal) => {
    const { departments, readDepartments, ...rest } = principalOf(subscriberOf(principal));
    const patterns = (scope: DepartmentScope) => scope.patterns;
    expect([rest, patterns(departments), patterns(readDepartments)]).toEqual([
      { sub: 'u-1', name: principal.name, roles: ['editor'] },
      patterns(principal.departments),
      patterns(principal.readDepartments),
    ]);
  },
);

test('the name of a subscriber is recorded only if he has one', () => {
  expect(subscriberOf(person())).not.toHaveProperty('name');
});

const ALL = { readDepartments: DepartmentScope.ALL };
test.each<[string, Partial<Principal>, boolean, boolean]>([
  ['who subscribed', {}, true, true],
  ['who subscribed, and does not see details', {}, false, true],
  ['who reads all departments and details', { sub: 'u-2', ...ALL }, true, true],
  ['who reads all departments without details', { sub: 'u-2', ...ALL }, false, false],
  ['who reads some departments with details', { sub: 'u-2' }, true, false],
])('of a webhook: %s', (_who, more, readsDetails, isKnown) => {
  expect(knownTo(person(more), readsDetails)({ subscriber: subscriberOf(person()) })).toBe(isKnown);
});
