import { DepartmentScope } from '../../src/auth/department-scope';
import { mayRead, mayWrite, mayWriteDepartment } from '../../src/auth/policy';
import type { Principal, Role } from '../../src/auth/principal';
import type { Result } from '../../src/kernel/refusal';

const principal = (roles: readonly Role[], departments: DepartmentScope = DepartmentScope.ALL): Principal => ({
  sub: 'u1',
  roles,
  departments,
  readDepartments: DepartmentScope.ALL,
});

const answer = (result: Result<void>): string => (result.ok ? 'allowed' : result.refusal.kind);

describe('policy', () => {
  it.each<{ roles: Role[]; read: string; write: string }>([
    { roles: [], read: 'FORBIDDEN', write: 'FORBIDDEN' },
    { roles: ['editor'], read: 'allowed', write: 'allowed' },
    { roles: ['finance'], read: 'allowed', write: 'allowed' },
    { roles: ['admin'], read: 'allowed', write: 'allowed' },
    { roles: ['editor', 'finance', 'admin'], read: 'allowed', write: 'allowed' },
    { roles: ['auditor'], read: 'allowed', write: 'FORBIDDEN' },
    { roles: ['analyst'], read: 'allowed', write: 'FORBIDDEN' },
    { roles: ['auditor', 'editor'], read: 'allowed', write: 'FORBIDDEN' },
    { roles: ['admin', 'analyst'], read: 'allowed', write: 'FORBIDDEN' },
  ])('with the roles $roles reading is $read and writing is $write', ({ roles, read, write }) => {
    expect(answer(mayRead(principal(roles)))).toBe(read);
    expect(answer(mayWrite(principal(roles)))).toBe(write);
    expect(answer(mayWriteDepartment(principal(roles), 'D001'))).toBe(write);
  });

  it.each<{ departments: DepartmentScope; department: string; expected: string }>([
    { departments: DepartmentScope.ALL, department: 'D001', expected: 'allowed' },
    { departments: DepartmentScope.of(['D001']), department: 'D001', expected: 'allowed' },
    { departments: DepartmentScope.of(['D001']), department: 'D002', expected: 'FORBIDDEN' },
    { departments: DepartmentScope.of(['D001']), department: 'd001', expected: 'FORBIDDEN' },
    { departments: DepartmentScope.of(['D001']), department: 'D0011', expected: 'FORBIDDEN' },
    { departments: DepartmentScope.NONE, department: 'D001', expected: 'FORBIDDEN' },
    { departments: DepartmentScope.NONE, department: '*', expected: 'FORBIDDEN' },
  ])('for $departments writing in $department is $expected', ({ departments, department, expected }) => {
    expect(answer(mayWriteDepartment(principal(['editor'], departments), department))).toBe(expected);
  });

  it('limits an admin to the departments of the token', () => {
    expect(answer(mayWriteDepartment(principal(['admin'], DepartmentScope.NONE), 'D001'))).toBe('FORBIDDEN');
  });

  it('lets a principal read every department, whatever departments the token lists', () => {
    expect(answer(mayRead(principal(['auditor'], DepartmentScope.NONE)))).toBe('allowed');
  });
});
