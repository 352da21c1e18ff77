import { parse } from 'graphql';
import { DepartmentScope } from '../../../src/auth/department-scope';
import { Role } from '../../../src/auth/principal';
import { guardIntrospection } from '../../../src/graphql/execution/introspection';
import { EVERY_KIND } from '../../../src/graphql/execution/operation-kinds';

const caller = (...roles: readonly Role[]) => ({
  sub: 'u-1',
  roles,
  departments: DepartmentScope.NONE,
  readDepartments: DepartmentScope.NONE,
});

const ASKING = [
  '{ __schema { __typename } }',
  '{ a: __type(name: "Query") { name } }',
  'fragment F on Query { __schema { __typename } }',
  '{ _service { sdl } }',
];
const OTHER = ['{ __typename }', '{ ledger { demo } }', 'subscription { changes { __typename } }'];

const OFF = 'The operator has turned introspection off.';
const NO_ROLE = 'The token carries no role of this ledger.';

test.each([
  ['a caller with a role', true, caller('analyst'), []],
  ['a caller without one', true, caller(), [NO_ROLE]],
  ['a program that may do everything', true, undefined, []],
  ['a caller with a role, if it is off', false, caller('admin'), [OFF]],
  ['a caller without one, if it is off', false, caller(), [OFF]],
  ['a program, if it is off', false, undefined, [OFF]],
])('what %s is answered who asks for the schema', (_who, isOn, principal, expected) => {
  const guard = guardIntrospection(isOn);
  const messages = (query: string) =>
    guard({ principal, kinds: EVERY_KIND, document: parse(query) }).map(({ message }) => message);
  expect(ASKING.map(messages)).toEqual(ASKING.map(() => expected));
  expect(OTHER.map(messages)).toEqual(OTHER.map(() => []));
});

test('what is known of a document holds for its next caller', () => {
  const guard = guardIntrospection(true);
  const [schema, other] = [parse(ASKING[0]!), parse(OTHER[0]!)];
  for (let asked = 0; asked < 2; asked++) {
    expect(guard({ principal: caller(), kinds: EVERY_KIND, document: schema })).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
    expect(guard({ principal: caller(), kinds: EVERY_KIND, document: other })).toEqual([]);
    expect(guard({ principal: caller('editor'), kinds: EVERY_KIND, document: schema })).toEqual([]);
  }
});
