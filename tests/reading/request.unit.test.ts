import { DepartmentScope } from '../../src/auth/department-scope';
import { Principal } from '../../src/auth/principal';
import { Refused } from '../../src/kernel/refusal';
import { ReadingRequest } from '../../src/reading/request';
import { TestClock } from '../support/clock';
import { startLedger, TestLedger } from '../support/ledger';

let whole: TestLedger;
beforeAll(async () => {
  whole = await startLedger({ clock: new TestClock('2023-06-30T04:00:00.000Z') });
});
afterAll(() => whole.close());

const request = (caller: Partial<Principal>) =>
  new ReadingRequest(whole.ledger.services, {
    sub: 'u-1',
    roles: ['auditor'],
    departments: DepartmentScope.NONE,
    readDepartments: DepartmentScope.ALL,
    ...caller,
  });

test('a caller without a role reads nothing, by any way', async () => {
  const reading = request({ roles: [] });
  expect(() => {
    reading.requireReading();
  }).toThrow(Refused);
  await expect((async () => reading.present())()).rejects.toMatchObject({ refusal: { kind: 'FORBIDDEN' } });
});

test('a caller with a role reads', async () => {
  const reading = request({});
  reading.requireReading();
  expect((await reading.present()).snapshot.position).toBe(0n);
});

test.each<[string, Partial<Principal>, boolean, boolean]>([
  ['an auditor of all departments', {}, true, true],
  ['an auditor of one', { readDepartments: DepartmentScope.of(['D1']) }, false, true],
  ['an auditor of none', { readDepartments: DepartmentScope.NONE }, false, true],
  ['an analyst of all', { roles: ['analyst'] }, true, false],
  ['an analyst of one', { roles: ['analyst'], readDepartments: DepartmentScope.of(['D1']) }, false, false],
  ['an analyst who is an editor too', { roles: ['analyst', 'editor'] }, true, true],
])('%s', (_who, caller, seesAll, seesDetails) => {
  const { services, masking } = request(caller);
  expect([services.visibility === undefined, masking === undefined, services.masking === undefined]).toEqual([
    seesAll,
    seesDetails,
    seesDetails,
  ]);
  expect(services.records === whole.ledger.services.records).toBe(false);
  expect(services.derived === whole.ledger.services.derived).toBe(seesDetails);
});

test('callers share what was made for others only if they see the same', () => {
  const scope = (...texts: string[]) => ({ readDepartments: DepartmentScope.of(texts) });
  const sights = [
    ...[{}, scope('D1'), scope('D1', 'D2'), scope('D1*'), scope()],
    ...[{}, scope('D1'), scope()].map((caller) => ({ ...caller, roles: ['analyst'] as const })),
  ].map((caller) => request(caller).sight);
  expect(new Set(sights).size).toBe(sights.length);
  expect(request(scope('D2', 'D1')).sight).toBe(request(scope('D1', 'D2', 'D1')).sight);
});
