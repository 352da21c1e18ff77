import { startApi, TestApi } from '../support/api';

/** An explicit null for a field with a default means the default, even if a command is repeated. */

const BUDGET = { department: 'D1', fiscalYear: 2023 };
const LINE = { code: 'L1', name: '一般公共预算', fundSource: 'GENERAL_PUBLIC_BUDGET', amount: '1000.00' };

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ now: '2023-06-30T04:00:00.000Z' });
  await api.write('registerDepartment', { code: 'D1', name: '市政数局' });
});
afterAll(() => api.close());

test.each([
  ['absent', 'null', {}, { unit: null }],
  ['null', 'absent', { unit: null }, {}],
  ['null', 'the default', { unit: null }, { unit: 'YUAN' }],
])('sent with %s, then with %s: the same command', async (first, second, once, again) => {
  const approved = await api.write('approveBudget', { ...BUDGET, lines: [LINE] }).catch(() => undefined);
  expect(approved === undefined || approved.projected).toBe(true);
  const input = { ...BUDGET, line: 'L1', amount: '1.00', idempotencyKey: `${first} ${second}` };
  const { position } = await api.write('supplementBudget', { ...input, ...once });
  expect((await api.write('supplementBudget', { ...input, ...again })).position).toBe(position);
});

test('in an item of a list, too', async () => {
  const approve = (line: object) =>
    api.write('approveBudget', {
      ...BUDGET,
      fiscalYear: 2024,
      idempotencyKey: 'k',
      lines: [{ ...LINE, ...line }],
    });
  const { position } = await approve({});
  expect((await approve({ vintage: null, expenditureKind: null, functionCode: null })).position).toBe(position);
});
