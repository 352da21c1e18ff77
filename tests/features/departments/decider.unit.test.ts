import { departmentDecider } from '../../../src/features/departments/decider';
import { specificationOf, DatedFact } from '../../support/specification';

const REGISTRATION = { code: 'D1', name: '市政数局', level: '正处级', functions: ['数据管理'] };
const register = { kind: 'register', registration: REGISTRATION } as const;
const rename = { kind: 'rename', code: 'D1', name: '市数据局' } as const;

const { given, recordOf } = specificationOf(departmentDecider, { today: '2023-06-30', existing: [] });
const registered: DatedFact = { type: 'DepartmentRegistered', data: REGISTRATION, on: '2023-01-01' };
const renamed: DatedFact = { type: 'DepartmentRenamed', data: { name: '市数据局' }, on: '2023-02-01' };

describe('registering', () => {
  test('records the whole registration', () => {
    given().when(register).then('DepartmentRegistered', REGISTRATION);
  });

  test('happens once', () => {
    given(registered).when(register).thenRefused({ kind: 'CONFLICT' });
    given(registered, renamed).when(register).thenRefused({ kind: 'CONFLICT' });
  });
});

describe('renaming', () => {
  test('records the new name', () => {
    given(registered).when(rename).then('DepartmentRenamed', { name: '市数据局' });
  });

  test('needs the department', () => {
    given().when(rename).thenRefused({ kind: 'NOT_FOUND', message: 'There is no department D1' });
  });

  test('may happen again, to the same name and with an earlier date', () => {
    given(registered, renamed).when(rename, { on: '1999-01-01' }).then('DepartmentRenamed', { name: '市数据局' });
  });
});

test('a command writes to the department that it names, even if that does not exist', () => {
  expect(departmentDecider.departmentOf(undefined, register)).toBe('D1');
  expect(departmentDecider.departmentOf(undefined, rename)).toBe('D1');
  expect(departmentDecider.departmentOf(recordOf(registered), rename)).toBe('D1');
});

test('a department refers to nothing else', () => {
  expect(departmentDecider.references(register)).toEqual([]);
  expect(departmentDecider.references(rename)).toEqual([]);
});
