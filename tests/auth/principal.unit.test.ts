import { DepartmentScope } from '../../src/auth/department-scope';
import { parsePrincipal } from '../../src/auth/principal';

describe('a principal read from claims', () => {
  it('has the name, the roles and the departments of the token', () => {
    const claims = { sub: 'u1', name: '张编辑', roles: ['editor', 'finance'], departments: ['D001', 'D002'] };
    expect(parsePrincipal(claims)).toEqual({
      sub: 'u1',
      name: '张编辑',
      roles: ['editor', 'finance'],
      departments: DepartmentScope.of(['D001', 'D002']),
      readDepartments: DepartmentScope.of(['D001', 'D002']),
    });
  });

  it.each([['*'], [['*']], [['D001', '*']]])('may write everywhere with the departments %j', (departments) => {
    expect(parsePrincipal({ sub: 'u1', departments })?.departments).toBe(DepartmentScope.ALL);
  });

  it('has no roles and no departments if the token has none', () => {
    expect(parsePrincipal({ sub: 'u1' })).toEqual({
      sub: 'u1',
      roles: [],
      departments: DepartmentScope.NONE,
      readDepartments: DepartmentScope.NONE,
    });
  });

  it.each([
    ['its departments', { departments: ['D1'] }, ['D1']],
    ['all departments that it may write in', { departments: '*' }, ['*']],
    ['more than it may write', { departments: ['D1'], readDepartments: ['D1', '4413*'] }, ['4413*', 'D1']],
    ['less than it may write', { departments: '*', readDepartments: ['D1'] }, ['D1']],
    ['everything', { readDepartments: '*' }, ['*']],
    ['everything in a list', { readDepartments: ['*'] }, ['*']],
    ['nothing of an empty list', { departments: ['D1'], readDepartments: [] }, []],
    ['nothing without departments', {}, []],
  ])('reads %s: %j', (_, claims, patterns) => {
    const principal = parsePrincipal({ sub: 'u1', roles: ['editor', 'finance'], ...claims });
    expect(principal?.readDepartments.patterns).toEqual(patterns);
  });

  it.each(['auditor', 'analyst', 'admin'])('reads everything as %s if the token names no departments', (role) => {
    const reads = (claims: object) =>
      parsePrincipal({ sub: 'u1', roles: ['editor', role], ...claims })?.readDepartments;
    expect(reads({})?.isAll).toBe(true);
    expect(reads({ departments: [] })?.isEmpty).toBe(true);
    expect(reads({ readDepartments: [] })?.isEmpty).toBe(true);
    expect(reads({ departments: ['D1'] })?.patterns).toEqual(['D1']);
  });

  it('may write by a prefix, and reading more lets it write no more', () => {
    const principal = parsePrincipal({ sub: 'u1', departments: ['4413*'], readDepartments: '*' });
    expect(principal?.departments.patterns).toEqual(['4413*']);
  });

  it.each([
    ['roles of other systems', ['mail-user', 'editor', 'Admin'], ['editor']],
    ['a role twice', ['editor', 'editor'], ['editor']],
    ['names that every object has', ['__proto__', 'constructor', 'toString'], []],
  ])('ignores %s', (_, roles, expected) => {
    expect(parsePrincipal({ sub: 'u1', roles })?.roles).toEqual(expected);
  });

  it.each([
    ['no sub', { roles: ['editor'] }],
    ['an empty sub', { sub: '' }],
    ['a blank sub', { sub: ' \t' }],
    ['an invisible sub', { sub: '\u200b\u3164' }],
    ['a sub that is a number', { sub: 7 }],
    ['a sub of two lines', { sub: 'u1\nu2' }],
    ['a sub with half of a character', { sub: 'u1\ud800' }],
    ['a name with a control character', { sub: 'u1', name: '张\u0007' }],
    ['a name with a line separator', { sub: 'u1', name: '张\u2028' }],
    ['a name that is a list', { sub: 'u1', name: ['张'] }],
    ['roles as a text', { sub: 'u1', roles: 'admin' }],
    ['roles as an object', { sub: 'u1', roles: { 0: 'admin', length: 1 } }],
    ['roles that are null', { sub: 'u1', roles: null }],
    ['a role that is not a text', { sub: 'u1', roles: ['editor', ['admin']] }],
    ['departments as one code', { sub: 'u1', departments: 'D001' }],
    ['a text that only contains a star', { sub: 'u1', departments: 'D*' }],
    ['departments as true', { sub: 'u1', departments: true }],
    ['a department that is a number', { sub: 'u1', departments: [1] }],
    ['departments that are null', { sub: 'u1', departments: null }],
    ['departments to read as one code', { sub: 'u1', readDepartments: 'D001' }],
    ['departments to read as a prefix outside a list', { sub: 'u1', readDepartments: '4413*' }],
    ['departments to read that are null', { sub: 'u1', departments: '*', readDepartments: null }],
    ['a department to read that is a number', { sub: 'u1', readDepartments: [1] }],
    ['no claims at all', undefined],
    ['a list for claims', ['u1']],
  ])('is undefined with %s', (_, claims) => {
    expect(parsePrincipal(claims)).toBeUndefined();
  });

  it.each([
    '{"sub":"u1","__proto__":{"roles":["admin"],"departments":"*","polluted":true}}',
    '{"sub":"u1","constructor":{"prototype":{"roles":["admin"],"polluted":true}}}',
  ])('takes nothing from the prototype in %s', (json) => {
    expect(parsePrincipal(JSON.parse(json))).toEqual({
      sub: 'u1',
      roles: [],
      departments: DepartmentScope.NONE,
      readDepartments: DepartmentScope.NONE,
    });
    expect(parsePrincipal({ sub: 'u2' })?.roles).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
