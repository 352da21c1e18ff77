import { Text } from '../language/language';

/** What each mutation does. A server that is newer than the page may have others, which keep their own names. */
const COMMANDS: Readonly<Record<string, Text>> = {
  registerDepartment: { zh: '登记部门', en: 'Register a department' },
  renameDepartment: { zh: '部门更名', en: 'Rename a department' },
  approveBudget: { zh: '批复预算', en: 'Approve a budget' },
  supplementBudget: { zh: '追加预算', en: 'Supplement a budget' },
  reduceBudget: { zh: '追减预算', en: 'Reduce a budget' },
  transferBudget: { zh: '调剂预算', en: 'Transfer between lines' },
  closeBudget: { zh: '关账', en: 'Close a budget' },
  carryOverBudget: { zh: '结转', en: 'Carry a budget over' },
  recordExpenditure: { zh: '记录支出', en: 'Record an expenditure' },
  recordExpenditures: { zh: '记录多笔支出', en: 'Record expenditures' },
  reverseExpenditure: { zh: '冲销支出', en: 'Reverse an expenditure' },
  recordRefund: { zh: '记录收回、退款', en: 'Record a refund' },
  correctBudgetFact: { zh: '更正预算事实', en: 'Correct a fact of a budget' },
  planTask: { zh: '下达任务', en: 'Plan a task' },
  reportTaskProgress: { zh: '填报进度', en: 'Report progress' },
  reachMilestone: { zh: '达成里程碑', en: 'Reach a milestone' },
  completeTask: { zh: '完成任务', en: 'Complete a task' },
  cancelTask: { zh: '取消任务', en: 'Cancel a task' },
  reopenTask: { zh: '重启任务', en: 'Reopen a task' },
  defineIndicator: { zh: '设定指标', en: 'Define an indicator' },
  reviseIndicatorTarget: { zh: '调整指标值', en: 'Revise a target' },
  recordObservation: { zh: '记录观测值', en: 'Record an observation' },
  correctObservation: { zh: '更正观测值', en: 'Correct an observation' },
  retireIndicator: { zh: '停用指标', en: 'Retire an indicator' },
  openEvaluation: { zh: '开启自评', en: 'Open an evaluation' },
  scoreEvaluation: { zh: '评分', en: 'Score an evaluation' },
  submitEvaluation: { zh: '提交自评', en: 'Submit an evaluation' },
  returnEvaluation: { zh: '退回自评', en: 'Return an evaluation' },
  confirmEvaluation: { zh: '确认自评', en: 'Confirm an evaluation' },
  publishEvaluation: { zh: '公开自评', en: 'Publish an evaluation' },
  reviseEvaluation: { zh: '修订自评', en: 'Revise an evaluation' },
  publishScoringTemplate: { zh: '发布评分模板', en: 'Publish a scoring template' },
};

export const commandText = (command: string): Text => COMMANDS[command] ?? { zh: command, en: command };
