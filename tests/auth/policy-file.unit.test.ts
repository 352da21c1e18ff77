import { DepartmentScope } from '../../src/auth/department-scope';
import { policyOf } from '../../src/auth/policy';
import { PolicyFileError, rightsWith } from '../../src/auth/policy-file';
import { Role } from '../../src/auth/principal';
import { ActionName, DEFAULT_RIGHTS } from '../../src/auth/rights';

const PERSON = { sub: 'u1', departments: DepartmentScope.ALL, readDepartments: DepartmentScope.ALL };
const mayAct = (file: object, role: Role, action: ActionName): boolean =>
  policyOf(rightsWith(JSON.stringify(file))).mayAct({ ...PERSON, roles: [role] }, action).ok;

test('a file without changes leaves the table as it is', () => {
  for (const file of ['{}', '{"editor":{}}', '\ufeff{"editor":{"allow":[],"deny":[]}}']) {
    expect(rightsWith(file)).toEqual(DEFAULT_RIGHTS);
  }
});

test('a role gets a right, and with it those to correct, to reverse and to record several', () => {
  const file = { finance: { allow: ['recordExpenditure'] } };
  for (const action of ['recordExpenditure', 'recordExpenditures', 'reverseExpenditure'] as const) {
    expect(mayAct({}, 'finance', action)).toBe(false);
    expect(mayAct(file, 'finance', action)).toBe(true);
    expect(mayAct(file, 'editor', action)).toBe(true);
    expect(mayAct(file, 'admin', action)).toBe(false);
  }
});

test('a right is taken from a role', () => {
  const file = { finance: { deny: ['reduceBudget'] } };
  expect(mayAct(file, 'finance', 'reduceBudget')).toBe(false);
  expect(mayAct(file, 'finance', 'supplementBudget')).toBe(true);
  const { mayAct: asked } = policyOf(rightsWith(JSON.stringify(file)));
  expect(asked({ ...PERSON, roles: ['finance'] }, 'reduceBudget')).toMatchObject({
    refusal: { message: 'reduceBudget needs a role that this server gives to nobody.' },
  });
});

test('analysts may be shown the details, and others not', () => {
  const { readDetails } = rightsWith('{"analyst":{"allow":["readDetails"]},"editor":{"deny":["readDetails"]}}');
  expect([...readDetails].sort()).toEqual(['admin', 'analyst', 'auditor', 'finance']);
});

test('a role that writes may be given webhooks, and a role that only watches may not', () => {
  const { manageWebhooks } = rightsWith('{"finance":{"allow":["manageWebhooks"]},"admin":{"deny":["manageWebhooks"]}}');
  expect(manageWebhooks).toEqual(['finance']);
  for (const role of ['auditor', 'analyst']) {
    expect(() => rightsWith(`{"${role}":{"allow":["manageWebhooks"]}}`)).toThrow(/no right "manageWebhooks"/);
  }
});

test('others than auditors may read who read what, except analysts', () => {
  const { readReads } = rightsWith('{"admin":{"allow":["readReads"]},"auditor":{"deny":["readReads"]}}');
  expect(readReads).toEqual(['admin']);
});

test.each([
  ['x', /^it is not JSON$/],
  ['{"analyst":{"allow":["readReads"]}}', /^analyst\.allow\.0: there is no right "readReads" that a file can change$/],
  ['{"editor":{"deny":["planTask"]},"editor":{}}', /^it has an object with the member "editor" twice$/],
  ['{"editor":{"allow":["__proto__"]}}', /^editor\.allow\.0: there is no right "__proto__"/],
  ['{"__proto__":{"allow":[]}}', /^Unrecognized key: "__proto__"$/],
  ['[]', /^Invalid input: expected object/],
  ['{"boss":{}}', /^Unrecognized key: "boss"/],
  ['{"editor":{"may":[]}}', /^editor: .*"may"/],
  ['{"editor":{"allow":"planTask"}}', /^editor\.allow: .*expected array/],
  ['{"editor":{"allow":["flyPlane"]}}', /^editor\.allow\.0: there is no right "flyPlane"/],
  ['{"auditor":{"deny":["flyPlane"]}}', /^auditor\.deny\.0: there is no right "flyPlane"/],
  ['{"editor":{"deny":["readFigures"]}}', /^editor\.deny\.0: there is no right "readFigures" that a file can change/],
  [
    '{"editor":{"deny":["reverseExpenditure"]}}',
    /reverseExpenditure has no right of its own, it needs recordExpenditure/,
  ],
  ['{"auditor":{"allow":["planTask"]}}', /^auditor\.allow\.0: auditor never writes$/],
  ['{"analyst":{"allow":["correctObservation"]}}', /analyst never writes/],
  ['{"editor":{"allow":["planTask"],"deny":["planTask"]}}', /^editor: a right is both allowed and denied$/],
  ['{"editor":{"deny":["x"]},"finance":{"deny":["y"]}}', /"x".*; finance.*"y"/],
])('%s is refused', (file, message) => {
  expect(() => rightsWith(file)).toThrow(PolicyFileError);
  expect(() => rightsWith(file)).toThrow(message);
});
