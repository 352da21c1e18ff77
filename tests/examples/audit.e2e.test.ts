import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startApi, TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { temporaryFolder } from '../support/temporary-folder';

/** Runs examples/audit.py on exported files, and compares its figures with those of the API. */

const SCRIPT = path.resolve(__dirname, '../../examples/audit.py');
const EXPORT = /^ {4}get (?<file>\S+) +"(?<address>\S+)"$/gm;
const onEnd = cleanUps();

const hasPython = spawnSync('python3', ['--version']).status === 0;
if (!hasPython) process.stderr.write('There is no python3 here: examples/audit.py is not tried\n');

const BUDGET = { department: 'D1', fiscalYear: 2023 };

/** A year with late facts, a correction, a reduction, a transfer and an expenditure that was reversed. */
async function record(api: TestApi): Promise<void> {
  const at = (time: string) => {
    api.clock.set(time);
  };
  const adjust = (name: string, amount: string, line: object, effectiveAt: string, documentNo: string) =>
    api.write(name, { ...BUDGET, amount, ...line, effectiveAt, documentNo });
  await api.write('registerDepartment', { code: 'D1', name: '市政数局' });
  const lines = ['L1', 'L2'].map((code) => ({
    code,
    name: '甲',
    fundSource: 'GENERAL_PUBLIC_BUDGET',
    amount: '48449400',
  }));
  await api.write('approveBudget', { ...BUDGET, lines, effectiveAt: '2023-02-10' });
  await api.write('defineIndicator', {
    ...BUDGET,
    code: 'I1',
    name: '接通率',
    level1: 'BENEFIT',
    level2: 'SOCIAL',
    direction: 'AT_LEAST',
    target: '98',
    unit: '%',
  });
  at('2023-07-05T02:00:00Z');
  const { changes } = await adjust(
    'supplementBudget',
    '1000000.01',
    { line: 'L1' },
    '2023-06-28',
    '惠财预〔2023〕61号',
  );
  await adjust('reduceBudget', '9.99', { line: 'L2' }, '2023-07-01', '惠财预〔2023〕62号');
  await adjust('transferBudget', '300', { fromLine: 'L1', toLine: 'L2' }, '2023-07-02', '惠财预〔2023〕63号');
  const spent = await api.write('recordExpenditure', {
    ...BUDGET,
    line: 'L1',
    amount: '12',
    effectiveAt: '2023-07-03',
  });
  await api.write('reverseExpenditure', { ...BUDGET, change: spent.changes[0].eventId, reason: '退回', amount: '2' });
  at('2023-10-08T02:00:00Z');
  const observed = await api.write('recordObservation', {
    code: 'I1',
    observedOn: '2023-09-30',
    value: '97.4',
    qualifier: 'GT',
  });
  at('2023-11-02T02:00:00Z');
  await api.write('correctObservation', {
    code: 'I1',
    observation: observed.changes[0].eventId,
    value: '98.2',
    reason: '复核',
  });
  await api.write('correctBudgetFact', {
    ...BUDGET,
    change: changes[0].eventId,
    amount: '1000000.02',
    reason: '更正',
  });
}

test('examples/audit.py gets the figures of the API from exported files only', async () => {
  if (!hasPython) return;
  const api = await startApi({ now: '2023-02-10T02:00:00.000Z' });
  onEnd(() => api.close());
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  await record(api);

  const authorization = `Bearer ${await api.token({ roles: ['auditor'] })}`;
  const exports = [...readFileSync(SCRIPT, 'utf8').matchAll(EXPORT)].map(({ groups }) => groups!);
  expect(exports).toHaveLength(5);
  for (const { file, address } of exports) {
    const response = await fetch(`${api.url}/${address!}`, { headers: { authorization } });
    expect(response.status).toBe(200);
    writeFileSync(path.join(folder.path, file!), await response.text());
  }
  const answers = JSON.parse(execFileSync('python3', [SCRIPT, folder.path, 'D1.2023'], { encoding: 'utf8' }));

  const { juneThen, juneNow, budget, septemberThen, septemberNow } = await api.data(`{
    juneThen: asOf(at: { effectiveAt: "2023-06-30", knownAt: "2023-06-30" }) { ...Revised }
    juneNow: asOf(at: { effectiveAt: "2023-06-30" }) { ...Revised }
    budget(department: "D1", fiscalYear: 2023) {
      opening revised bridge { effectiveAt documentNo amount revisedAfter }
    }
    septemberThen: asOf(at: { effectiveAt: "2023-09-30", knownAt: "2023-10-10" }) { ...Observed }
    septemberNow: asOf(at: { effectiveAt: "2023-09-30" }) { ...Observed }
  }
  fragment Revised on Snapshot { budget(department: "D1", fiscalYear: 2023) { revised } }
  fragment Observed on Snapshot { indicator(code: "I1") { latest { value qualifier } } }`);
  const kinds = answers.bridge.steps.map(({ kind }: { kind: string }) => kind);
  expect(kinds).toEqual(['SUPPLEMENT', 'REDUCTION', 'TRANSFER']);
  const steps = budget.bridge.map((step: object, index: number) => ({ kind: kinds[index], ...step }));
  expect(answers).toEqual({
    revisedBudget: { then: juneThen.budget.revised, now: juneNow.budget.revised },
    bridge: { opening: budget.opening, steps, revised: budget.revised },
    observations: { I1: { then: septemberThen.indicator.latest, now: septemberNow.indicator.latest } },
  });
  expect(answers.revisedBudget).toEqual({ then: '96898800.00', now: '97898800.02' });
  expect(answers.observations.I1.then).toEqual({ value: '97.4', qualifier: 'GT' });
});
