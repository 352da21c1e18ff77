import { Role } from '../../src/auth/principal';
import { ACTION_NAMES, DEFAULT_RIGHTS, RIGHTS_FOR } from '../../src/auth/rights';
import { MASKED_FIELDS } from '../../src/graphql/masked-fields';
import { startApi, TestApi, TokenClaims } from '../support/api';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const viewer = async (claims: TokenClaims) =>
  (
    await api.data(
      '{ viewer { sub name roles readDepartments writeDepartments commands masked mayReadReads } }',
      {},
      await api.token(claims),
    )
  ).viewer;

const byAdmin = (roles: readonly Role[]): boolean => roles.includes('admin');

test('an admin of two departments sees what it may do', async () => {
  const claims = { sub: 'u-1', name: '陈管理', roles: ['admin'], departments: ['D2', '4413*'], readDepartments: '*' };
  expect(await viewer(claims)).toEqual({
    sub: 'u-1',
    name: '陈管理',
    roles: ['admin'],
    readDepartments: ['*'],
    writeDepartments: ['4413*', 'D2'],
    commands: ACTION_NAMES.filter((action) => RIGHTS_FOR[action].some((right) => byAdmin(DEFAULT_RIGHTS[right]))),
    masked: [],
    mayReadReads: false,
  });
});

test('the commands of several roles are those of each', async () => {
  const { roles, commands } = await viewer({ roles: ['finance', 'editor'], departments: ['D1'] });
  expect(roles).toEqual(['editor', 'finance']);
  expect(commands).toEqual(expect.arrayContaining(['recordExpenditure', 'approveBudget', 'correctBudgetFact']));
  expect(commands).not.toContain('registerDepartment');
});

test.each([['auditor'], ['analyst']])('an %s writes nowhere, whatever its departments', async (role) => {
  expect(await viewer({ roles: [role, 'editor'], departments: ['D1'] })).toMatchObject({
    readDepartments: ['D1'],
    writeDepartments: [],
    commands: [],
  });
});

test('a token without a role of this ledger learns that it may do nothing', async () => {
  expect(await viewer({ sub: 'u-2', roles: ['gardener'], departments: [] })).toMatchObject({
    sub: 'u-2',
    roles: [],
    readDepartments: [],
    writeDepartments: [],
    commands: [],
  });
});

test('an analyst learns which fields are masked, unless another role may see them', async () => {
  expect((await viewer({ roles: ['analyst'] })).masked).toEqual(MASKED_FIELDS);
  expect((await viewer({ roles: ['analyst', 'finance'] })).masked).toEqual([]);
});

test('only auditors may ask for reads on record', async () => {
  expect((await viewer({ roles: ['auditor'] })).mayReadReads).toBe(true);
  expect((await viewer({ roles: ['admin', 'finance', 'editor'] })).mayReadReads).toBe(false);
});
