import { departmentProjection } from '../../../src/features/departments/projection';
import { departmentFold, viewDepartment } from '../../../src/features/departments/record';
import { departmentDecider } from '../../../src/features/departments/decider';
import { CorruptLedger } from '../../../src/kernel/outage';
import { day, logged, specificationOf, DatedFact } from '../../support/specification';

const REGISTRATION = { code: 'D1', name: '信息中心', level: '正处级', functions: ['数据管理', '信息化'] };
const registered = (on = '2023-01-01'): DatedFact => ({ type: 'DepartmentRegistered', data: REGISTRATION, on });
const renamed = (name: string, on: string): DatedFact => ({ type: 'DepartmentRenamed', data: { name }, on });

const { recordOf } = specificationOf(departmentDecider, { today: '2023-06-30', existing: [] });
const nameOf = (facts: readonly DatedFact[], on?: string): string =>
  viewDepartment(recordOf(registered(), ...facts), on === undefined ? undefined : day(on)).name;

describe('a department', () => {
  test('is what was registered, true from the beginning, whenever it was registered', () => {
    const record = recordOf(registered('2023-06-01'));
    expect(viewDepartment(record)).toEqual(REGISTRATION);
    expect(viewDepartment(record, day('1949-10-01'))).toEqual(REGISTRATION);
  });

  test('keeps all but its name when it is renamed', () => {
    const record = recordOf(registered(), renamed('市政数局', '2023-02-01'));
    expect(viewDepartment(record)).toEqual({ ...REGISTRATION, name: '市政数局' });
  });
});

describe('the name of a department', () => {
  const facts = [renamed('市政数局', '2023-03-01'), renamed('市大数据局', '2023-09-01')];

  test.each([
    ['2023-02-28T15:59:59.999Z', '信息中心'],
    ['2023-02-28T16:00:00.000Z', '市政数局'],
    ['2023-03-01', '市政数局'],
    ['2023-08-31', '市政数局'],
    ['2023-09-01', '市大数据局'],
    ['9999-12-31', '市大数据局'],
  ])('is at %s the one in force: %s', (on, name) => {
    expect(nameOf(facts, on)).toBe(name);
  });

  test('is the one with the later effective date even if it was recorded earlier, with and without effectiveAt', () => {
    const late = [...facts, renamed('数据办', '2023-06-01')];
    expect(nameOf(late)).toBe('市大数据局');
    expect(nameOf(late, '2023-12-31')).toBe('市大数据局');
    expect(nameOf(late, '2023-06-01')).toBe('数据办');
    expect(nameOf(late, '2023-05-31')).toBe('市政数局');
  });

  test('is the one recorded later if two have one effective date, with and without effectiveAt', () => {
    const tied = [renamed('甲', '2023-03-01'), renamed('乙', '2023-03-01')];
    expect(nameOf(tied)).toBe('乙');
    expect(nameOf(tied, '2023-03-01')).toBe('乙');
  });

  test('may come into force only in the future, if no effective moment is asked for', () => {
    expect(nameOf([renamed('未来局', '2099-01-01')])).toBe('未来局');
    expect(nameOf([renamed('未来局', '2099-01-01')], '2098-12-31')).toBe('信息中心');
  });

  test('may have been another before the department was registered', () => {
    expect(nameOf([renamed('老名字', '1999-01-01')])).toBe('老名字');
    expect(nameOf([renamed('老名字', '1999-01-01')], '1998-12-31')).toBe('信息中心');
  });
});

test('the document of a department is its view on record, and it is listed with the departments', () => {
  const history = [registered(), renamed('市政数局', '2023-03-01')];
  const record = recordOf(...history);
  expect(departmentProjection.project(record, logged(history)[1]!)).toEqual({
    department: 'D1',
    state: viewDepartment(record),
    members: [{ collection: 'DEPARTMENT', code: 'D1' }],
  });
});

test('a history that does not begin with a registration is a corrupt ledger', () => {
  const [event] = logged([renamed('市政数局', '2023-03-01')]);
  expect(() => departmentFold.evolve(undefined, event!)).toThrow(CorruptLedger);
});
