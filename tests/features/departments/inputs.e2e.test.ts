import { startApi, TestApi } from '../../support/api';

/** What the inputs of departments record: with every field, with only the required ones, and with nulls. */

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ now: '2023-06-30T02:00:00.000Z' });
});
afterAll(() => api.close());

const FIELDS = 'department { code name level functions }';

test.each([
  [
    'all that it can say',
    { level: '正处级', functions: ['数据', '政务'] },
    { level: '正处级', functions: ['数据', '政务'] },
  ],
  ['the least that it has to say', {}, { level: null, functions: [] }],
  ['nulls', { level: null, functions: null }, { level: null, functions: [] }],
])('a registration with %s', async (what, input, expected) => {
  const named = { code: `D${what.length}`, name: '市政数局' };
  const { department } = await api.write('registerDepartment', { ...named, ...input }, FIELDS);
  expect(department).toEqual({ ...named, ...expected });
});

test('a new name leaves the rest as it is', async () => {
  const registered = { code: 'D1', name: '市政数局', level: '正处级', functions: ['数据'] };
  await api.write('registerDepartment', registered);
  const { department } = await api.write('renameDepartment', { code: 'D1', name: '市数据局' }, FIELDS);
  expect(department).toEqual({ ...registered, name: '市数据局' });
});
