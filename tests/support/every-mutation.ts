/** An input for every mutation, on entities that `BEGINNINGS` create. */

const YEAR = { department: 'D1', fiscalYear: 2023 };
const LINES = [{ code: 'A', name: '明细', fundSource: 'GENERAL_PUBLIC_BUDGET', amount: '1' }];
const INDICATOR = { level1: 'OUTPUT', level2: 'QUALITY', direction: 'AT_LEAST' };
export const KEY = { idempotencyKey: 'key' };

/** Commands on an entity that exists and was created under the key. Each is refused, at least because of what exists. */
export const INPUTS: Readonly<Record<string, object>> = {
  registerDepartment: { code: 'D1', name: '部门' },
  renameDepartment: { code: 'D1', name: '部门' },
  approveBudget: { ...YEAR, lines: LINES },
  supplementBudget: { ...YEAR, line: 'A', amount: '1' },
  reduceBudget: { ...YEAR, line: 'A', amount: '1' },
  transferBudget: { ...YEAR, fromLine: 'A', toLine: 'B', amount: '1' },
  recordExpenditure: { ...YEAR, line: 'A', amount: '1' },
  recordRefund: { ...YEAR, line: 'A', amount: '1' },
  recordExpenditures: { ...YEAR, items: [{ line: 'A', amount: '1' }] },
  reverseExpenditure: { ...YEAR, change: 'x' },
  correctBudgetFact: { ...YEAR, change: 'x', amount: '1' },
  closeBudget: YEAR,
  carryOverBudget: { ...YEAR, toFiscalYear: 2024, lines: [{ line: 'A', amount: '1' }], idempotencyKey: 'carry' },
  planTask: { code: 'T1', ...YEAR, title: '任务' },
  reportTaskProgress: { code: 'T1', progress: '1' },
  reachMilestone: { code: 'T1', milestone: 'M1' },
  completeTask: { code: 'T1' },
  cancelTask: { code: 'T1' },
  reopenTask: { code: 'T1' },
  defineIndicator: { code: 'I1', ...YEAR, name: '指标', ...INDICATOR },
  reviseIndicatorTarget: { code: 'I1', target: '1' },
  recordObservation: { code: 'I1', observedOn: '2023-06-01', value: '1' },
  correctObservation: { code: 'I1', observation: 'x', value: '1' },
  retireIndicator: { code: 'I1' },
  openEvaluation: YEAR,
  scoreEvaluation: { ...YEAR, scores: [{ line: 'A', score: '1' }] },
  submitEvaluation: { ...YEAR, selfScore: '1' },
  returnEvaluation: YEAR,
  confirmEvaluation: YEAR,
  publishEvaluation: YEAR,
  reviseEvaluation: { ...YEAR, reason: '修订' },
  publishScoringTemplate: {
    code: 'S1',
    department: 'D1',
    name: '模板',
    lines: [{ code: 'A', name: '明细', points: '100', rule: 'MANUAL' }],
  },
};

/** The mutations that create the entities, in order. */
export const BEGINNINGS = [
  'registerDepartment',
  'approveBudget',
  'planTask',
  'defineIndicator',
  'openEvaluation',
  'publishScoringTemplate',
];
