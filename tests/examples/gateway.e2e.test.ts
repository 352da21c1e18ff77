import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { startApi, TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';

/** The example gateway of docs/federation.md, over two provinces with other figures. */

const ROOT = path.resolve(__dirname, '../..');
const HOOK = path.join(ROOT, 'tests/support/run-typescript.cjs');
const onEnd = cleanUps();

const shanghai = (text: string): string => new Date(`${text}+08:00`).toISOString();

/** A supplement that was true before, and recorded after, 30 June. */
async function startProvince(federatedAs: string, opening: string, supplement: string): Promise<TestApi> {
  const api = await startApi({ now: shanghai('2023-02-10T10:00'), federatedAs });
  onEnd(() => api.close());
  const budget = { department: '441300-DSJ', fiscalYear: 2023, unit: 'WAN_YUAN' };
  await api.write('registerDepartment', { code: '441300-DSJ', name: '数据局' });
  const line = { code: 'A', name: '甲项目', fundSource: 'GENERAL_PUBLIC_BUDGET', amount: opening };
  await api.write('approveBudget', { ...budget, effectiveAt: '2023-02-10', lines: [line] });
  api.clock.set(shanghai('2023-07-05T09:00'));
  await api.write('supplementBudget', { ...budget, line: 'A', amount: supplement, effectiveAt: '2023-06-28' });
  return api;
}

test('the example gateway asks question 1 of two provinces, with statistics', async () => {
  const huizhou = await startProvince('huizhou', '9689.88', '1000.00');
  const meizhou = await startProvince('meizhou', '500.00', '20.50');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--require', HOOK, path.join(ROOT, 'examples/gateway.ts'), `huizhou=${huizhou.url}`, `meizhou=${meizhou.url}`],
    { env: { PATH: process.env.PATH, MINGJIAN_TOKEN: await huizhou.token({ roles: ['auditor'] }) } },
  );
  const of = (ledger: string, revised: string) => ({
    budget: { revised, executed: '0.00', department: { ledger, residents: 6_050_000 } },
  });
  const answers = stdout.trimEnd().split('\n');
  expect(answers.map((answer) => JSON.parse(answer) as object)).toEqual([
    {
      at: { knownAt: '2023-06-30', effectiveAt: '2023-06-30' },
      huizhou: of('huizhou', '9689.88'),
      meizhou: of('meizhou', '500.00'),
    },
    { at: { effectiveAt: '2023-06-30' }, huizhou: of('huizhou', '10689.88'), meizhou: of('meizhou', '520.50') },
  ]);
});
