import { startApi, TestApi } from '../../support/api';

/** Refused commands on departments. Each refusal has its code and path, and nothing is recorded. */

let api: TestApi;
let head: string;

beforeAll(async () => {
  api = await startApi({ now: '2023-06-30T02:00:00.000Z' });
  await api.write('registerDepartment', { code: 'D1', name: '市政数局', idempotencyKey: 'key-1' });
  await api.write('renameDepartment', { code: 'D1', name: '市数据局', idempotencyKey: 'key-2' });
  head = await currentHead();
});
afterAll(() => api.close());
afterEach(async () => {
  const before = head;
  head = await currentHead();
  expect(head).toBe(before);
});

const currentHead = async (): Promise<string> => (await api.data('{ ledger { head } }')).ledger.head;

const REGISTRATION = { code: 'NEW', name: '新局' };
const LONG = 'x'.repeat(501);

test.each<[string, string, object, string[]]>([
  ['no code', 'registerDepartment', { ...REGISTRATION, code: '' }, ['/input/code']],
  ['a code with a dot', 'registerDepartment', { ...REGISTRATION, code: 'a.b' }, ['/input/code']],
  ['a code of 65 characters', 'registerDepartment', { ...REGISTRATION, code: 'a'.repeat(65) }, ['/input/code']],
  ['a blank name', 'registerDepartment', { ...REGISTRATION, name: ' ' }, ['/input/name']],
  ['a name of 501 characters', 'registerDepartment', { ...REGISTRATION, name: LONG }, ['/input/name']],
  ['a blank level', 'registerDepartment', { ...REGISTRATION, level: '' }, ['/input/level']],
  ['a level of 501 characters', 'registerDepartment', { ...REGISTRATION, level: LONG }, ['/input/level']],
  [
    '101 functions',
    'registerDepartment',
    { ...REGISTRATION, functions: Array(101).fill('数据') },
    ['/input/functions'],
  ],
  [
    'two functions that are wrong',
    'registerDepartment',
    { ...REGISTRATION, functions: ['数据', ' ', '政务', LONG] },
    ['/input/functions/1', '/input/functions/3'],
  ],
  [
    'all at once',
    'registerDepartment',
    { code: '-', name: '', level: ' ' },
    ['/input/code', '/input/level', '/input/name'],
  ],
  ['a code that is none', 'renameDepartment', { code: 'D 1', name: '新局' }, ['/input/code']],
  ['no name', 'renameDepartment', { code: 'D1', name: '' }, ['/input/name']],
  ['a name of 501 characters', 'renameDepartment', { code: 'D1', name: LONG }, ['/input/name']],
])('BAD_USER_INPUT: %s in %s', async (_what, mutation, input, paths) => {
  const { extensions, path } = await api.refusal(mutation, input);
  expect(path).toEqual([mutation]);
  expect(extensions.code).toBe('BAD_USER_INPUT');
  expect(extensions.violations.map((violation: any) => violation.path).sort()).toEqual(paths);
});

test.each<[string, string, object, object]>([
  ['registered twice', 'registerDepartment', { ...REGISTRATION, code: 'D1' }, { code: 'CONFLICT' }],
  ['that is none, renamed', 'renameDepartment', { code: 'NONE', name: '新局' }, { code: 'NOT_FOUND' }],
  ['in another case, renamed', 'renameDepartment', { code: 'd1', name: '新局' }, { code: 'NOT_FOUND' }],
  [
    'of another revision',
    'renameDepartment',
    { code: 'D1', name: '新局', expectedRevision: 1 },
    { code: 'CONFLICT', expectedRevision: 1, currentRevision: 2 },
  ],
  [
    'that must not exist',
    'registerDepartment',
    { ...REGISTRATION, code: 'D1', expectedRevision: 0 },
    { code: 'CONFLICT', expectedRevision: 0, currentRevision: 2 },
  ],
  [
    'that must exist',
    'registerDepartment',
    { ...REGISTRATION, expectedRevision: 1 },
    { code: 'CONFLICT', expectedRevision: 1, currentRevision: 0 },
  ],
])('a department %s', async (_what, mutation, input, extensions) => {
  expect(await api.refusal(mutation, input)).toMatchObject({ path: [mutation], extensions });
});

test.each([
  ['registerDepartment', { code: 'D1', name: '别名', idempotencyKey: 'key-1' }],
  ['renameDepartment', { code: 'D1', name: '市数据局', idempotencyKey: 'key-1' }],
  ['renameDepartment', { code: 'D1', name: '市数据局', reason: '改革', idempotencyKey: 'key-2' }],
])('CONFLICT: an idempotency key that meant something else, in %s %j', async (mutation, input) => {
  const { extensions, path } = await api.refusal(mutation, input);
  expect(path).toEqual([mutation]);
  expect(extensions).toEqual({ code: 'CONFLICT' });
});

test.each([
  ['registerDepartment', 'RegisterDepartmentInput', REGISTRATION],
  ['registerDepartment', 'RegisterDepartmentInput', { ...REGISTRATION, code: 'D1' }],
  ['renameDepartment', 'RenameDepartmentInput', { code: 'D1', name: '新局' }],
  ['renameDepartment', 'RenameDepartmentInput', { code: 'NONE', name: '新局' }],
])('FORBIDDEN: %s of a department that the token does not name: %s %j', async (mutation, type, input) => {
  const query = `mutation($input: ${type}!) { ${mutation}(input: $input) { position } }`;
  const { errors } = await api.ask(query, { input }, await api.token({ departments: ['D2'] }));
  expect(errors).toMatchObject([{ path: [mutation], extensions: { code: 'FORBIDDEN' } }]);
});
