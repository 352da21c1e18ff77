import { startApi, TestApi } from '../support/api';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ now: '2023-02-10T02:00:00.000Z' });
});
afterAll(() => api.close());

test('smoke', async () => {
  await api.write('registerDepartment', { code: 'D1', name: '市政数局' });
  const approved = await api.write('approveBudget', {
    department: 'D1',
    fiscalYear: 2023,
    unit: 'WAN_YUAN',
    effectiveAt: '2023-02-10',
    lines: [{ code: 'L1', name: '一般', fundSource: 'GENERAL_PUBLIC_BUDGET', amount: '9689.88' }],
  }, 'position projected changes { id sequence data } budget { id opening(unit: WAN_YUAN) revision department { name } }');
  console.log(JSON.stringify(approved, null, 1));
  const d = await api.data(`{ 
    ledger { head projected lagEvents timeZone limits { maxDepth } }
    asOf(at: {effectiveAt: "2023-02-09"}) { position knownAt effectiveAt budget(department: "D1", fiscalYear: 2023) { id opening lines { code opening } history { nodes { type recordedAt } position } } }
    budgets { nodes { id opening executionRate entries { nodes { kind amount change { id } state } } } pageInfo { hasNextPage endCursor } }
    changes { nodes { type sequence } position }
    departments { nodes { name fiscalYears } }
  }`);
  console.log(JSON.stringify(d, null, 1));
});
