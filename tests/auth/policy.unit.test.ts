import { DepartmentScope } from '../../src/auth/department-scope';
import { DEFAULT_POLICY, mayKnow, mayRead, policyOf } from '../../src/auth/policy';
import { rightsWith } from '../../src/auth/policy-file';
import { Principal, Role } from '../../src/auth/principal';
import { ActionName } from '../../src/auth/rights';
import { Result } from '../../src/kernel/refusal';

const principal = (roles: readonly Role[], departments: DepartmentScope = DepartmentScope.ALL): Principal => ({
  sub: 'u1',
  roles,
  departments,
  readDepartments: DepartmentScope.ALL,
});

const answer = (result: Result<void>): string => (result.ok ? 'allowed' : result.refusal.kind);
const { mayAct, mayActIn, actionsOf } = DEFAULT_POLICY;

describe('reading', () => {
  it.each<[Role[], string]>([
    [[], 'FORBIDDEN'],
    [['editor'], 'allowed'],
    [['finance'], 'allowed'],
    [['admin'], 'allowed'],
    [['auditor'], 'allowed'],
    [['analyst'], 'allowed'],
  ])('with the roles %j is %s', (roles, expected) => {
    expect(answer(mayRead(principal(roles)))).toBe(expected);
  });

  it('is possible in every department, whatever departments the token lists', () => {
    expect(answer(mayRead(principal(['auditor'], DepartmentScope.NONE)))).toBe('allowed');
  });
});

test.each<[string, readonly string[], readonly string[], boolean]>([
  ['reads', ['D2'], ['D1'], true],
  ['only writes', ['D1'], ['D2'], true],
  ['neither reads nor writes', ['D2'], ['D3'], false],
])('a caller may know of a department that it %s', (_what, departments, readDepartments, expected) => {
  const caller = {
    ...principal(['editor'], DepartmentScope.of(departments)),
    readDepartments: DepartmentScope.of(readDepartments),
  };
  expect(mayKnow(caller, 'D1')).toBe(expected);
});

describe('reading who read what', () => {
  const narrowed = policyOf(rightsWith('{ "auditor": { "deny": ["readDetails"] } }'));

  it.each<[Role[], string]>([
    [['auditor'], 'allowed'],
    [['admin'], 'FORBIDDEN'],
    [[], 'FORBIDDEN'],
  ])('with the roles %j is %s', (roles, expected) => {
    expect(answer(DEFAULT_POLICY.mayReadReads(principal(roles)))).toBe(expected);
  });

  it('needs the right to the names of persons, from any role', () => {
    expect(answer(narrowed.mayReadReads(principal(['auditor'])))).toBe('FORBIDDEN');
    expect(answer(narrowed.mayReadReads(principal(['auditor', 'editor'])))).toBe('allowed');
  });
});

test.each<[Role[], string]>([
  [['admin'], 'allowed'],
  [['editor', 'admin'], 'allowed'],
  [['editor', 'finance'], 'FORBIDDEN'],
  [['admin', 'auditor'], 'FORBIDDEN'],
  [['admin', 'analyst'], 'FORBIDDEN'],
  [[], 'FORBIDDEN'],
])('managing webhooks with the roles %j is %s', (roles, expected) => {
  expect(answer(DEFAULT_POLICY.mayManageWebhooks(principal(roles)))).toBe(expected);
});

/** What each role does, as the operators expect it: not taken from the table. */
const BY_EDITOR: readonly ActionName[] = [
  ...(['recordExpenditure', 'recordExpenditures', 'recordRefund', 'reverseExpenditure', 'correctBudgetFact'] as const),
  ...(['planTask', 'reportTaskProgress', 'reachMilestone', 'completeTask', 'cancelTask', 'reopenTask'] as const),
  ...(['defineIndicator', 'reviseIndicatorTarget', 'recordObservation', 'correctObservation'] as const),
  ...(['retireIndicator', 'openEvaluation', 'scoreEvaluation', 'submitEvaluation'] as const),
];
const BY_FINANCE: readonly ActionName[] = [
  ...(['approveBudget', 'supplementBudget', 'reduceBudget', 'transferBudget', 'correctBudgetFact'] as const),
  ...(['closeBudget', 'carryOverBudget', 'returnEvaluation', 'confirmEvaluation'] as const),
];
const BY_ADMIN: readonly ActionName[] = [
  'registerDepartment',
  'renameDepartment',
  'publishEvaluation',
  'reviseEvaluation',
  'publishScoringTemplate',
];

/** Every role that writes decides on proposals, if it has the right to the command of the proposal. */
const ON_PROPOSALS: readonly ActionName[] = ['confirmProposal', 'rejectProposal', 'withdrawProposal'];

describe('writing', () => {
  it.each<[Role[], readonly ActionName[]]>([
    [[], []],
    [['editor'], [...BY_EDITOR, ...ON_PROPOSALS]],
    [['finance'], [...BY_FINANCE, ...ON_PROPOSALS]],
    [['admin'], [...BY_ADMIN, ...ON_PROPOSALS]],
    [
      ['finance', 'admin'],
      [...BY_FINANCE, ...BY_ADMIN, ...ON_PROPOSALS],
    ],
    [['auditor'], []],
    [['analyst'], []],
    [['auditor', 'editor'], []],
    [['editor', 'finance', 'admin', 'analyst'], []],
  ])('with the roles %j', (roles, expected) => {
    expect([...actionsOf(principal(roles))].sort()).toEqual([...expected].sort());
  });

  it('says which role is missing, and that some roles never write', () => {
    expect(mayAct(principal(['editor']), 'approveBudget')).toMatchObject({
      refusal: { kind: 'FORBIDDEN', message: 'approveBudget needs the role finance.' },
    });
    expect(mayAct(principal(['admin']), 'correctBudgetFact')).toMatchObject({
      refusal: { message: 'correctBudgetFact needs one of the roles editor, finance.' },
    });
    expect(mayAct(principal(['auditor', 'admin']), 'registerDepartment')).toMatchObject({
      refusal: { message: 'The role auditor never writes.' },
    });
  });

  it.each<{ departments: DepartmentScope; department: string; expected: string }>([
    { departments: DepartmentScope.ALL, department: 'D001', expected: 'allowed' },
    { departments: DepartmentScope.of(['D001']), department: 'D001', expected: 'allowed' },
    { departments: DepartmentScope.of(['D001']), department: 'D002', expected: 'FORBIDDEN' },
    { departments: DepartmentScope.of(['D001']), department: 'd001', expected: 'FORBIDDEN' },
    { departments: DepartmentScope.of(['D001']), department: 'D0011', expected: 'FORBIDDEN' },
    { departments: DepartmentScope.NONE, department: 'D001', expected: 'FORBIDDEN' },
    { departments: DepartmentScope.NONE, department: '*', expected: 'FORBIDDEN' },
  ])('for $departments in $department is $expected', ({ departments, department, expected }) => {
    expect(answer(mayActIn(principal(['editor'], departments), 'planTask', department))).toBe(expected);
  });

  it('in a department of the token needs the role as well', () => {
    expect(answer(mayActIn(principal(['finance'], DepartmentScope.of(['D001'])), 'planTask', 'D001'))).toBe(
      'FORBIDDEN',
    );
  });

  it('limits an admin to the departments of the token', () => {
    expect(answer(mayActIn(principal(['admin'], DepartmentScope.NONE), 'registerDepartment', 'D001'))).toBe(
      'FORBIDDEN',
    );
  });
});
