import { COFOG } from './classifications/cofog';
import { FUNCTION_CLASSES, functionClassOf } from './classifications/functions';
import { Dataset } from './dataset';
import { Field, Row } from './field';

/**
 * What is published. Payees, payers, memos, document numbers, reasons, persons, single payments and free texts about performance are
 * in none of these, and evaluations only once they are published.
 */

const DEPARTMENT: Field = {
  name: 'department',
  type: 'string',
  title: '部门代码。Code of the department',
  isRequired: true,
};
const YEAR: Field = { name: 'fiscalYear', type: 'integer', title: '预算年度。Fiscal year', isRequired: true };

const APPROVED: Field = {
  name: 'approved',
  column: 'opening',
  type: 'number',
  title: '年初预算，元。Opening budget, in yuan',
  isRequired: true,
};
const ADJUSTED: Field = {
  name: 'adjusted',
  column: 'revised',
  type: 'number',
  title: '全年预算（调整后），元。Revised budget, in yuan',
  isRequired: true,
};
const EXECUTED: Field = { name: 'executed', type: 'number', title: '执行数，元。Executed, in yuan', isRequired: true };

const VALIDITY: readonly Field[] = [
  { name: 'validFrom', type: 'integer', title: '起始年度。First year', isRequired: true },
  { name: 'validTo', type: 'integer', title: '终止年度，空为沿用至今。Last year; empty: until further notice' },
];

export const DEPARTMENTS: Dataset = {
  name: 'departments',
  title: '部门。Departments, by the name at the moment',
  source: { kind: 'TABLE', table: 'departments', hasYears: false },
  key: ['code'],
  fields: [
    { name: 'code', type: 'string', title: '部门代码。Code', isRequired: true },
    { name: 'name', type: 'string', title: '部门名称。Name', isRequired: true },
    { name: 'level', type: 'string', title: '级别。Level' },
  ],
};

export const BUDGETS: Dataset = {
  name: 'budgets',
  title: '部门预算总额。Totals of the budgets',
  source: { kind: 'TABLE', table: 'budgets', hasYears: true },
  key: ['code'],
  fields: [
    { name: 'code', type: 'string', title: '预算代码，部门.年度。Code: DEPARTMENT.YEAR', isRequired: true },
    DEPARTMENT,
    YEAR,
    { name: 'closed', type: 'boolean', title: '是否已关账。Whether it is closed', isRequired: true },
    APPROVED,
    ADJUSTED,
    EXECUTED,
    { name: 'executionRate', type: 'number', title: '执行率，%。Executed of revised, in percent' },
  ],
};

export const BUDGET_LINES: Dataset = {
  name: 'budget-lines',
  title: '预算明细。Lines of the budgets',
  source: { kind: 'TABLE', table: 'lines', hasYears: true, published: classified },
  key: ['budget', 'line'],
  fields: [
    { name: 'budget', type: 'string', title: '预算代码，部门.年度。Code of the budget', isRequired: true },
    DEPARTMENT,
    YEAR,
    { name: 'line', column: 'code', type: 'string', title: '明细代码。Code of the line', isRequired: true },
    { name: 'name', type: 'string', title: '明细名称。Name of the line', isRequired: true },
    { name: 'fundSource', type: 'string', title: '资金性质。Source of funds', isRequired: true },
    { name: 'vintage', type: 'string', title: '本年或结转。Of the year, or carried over', isRequired: true },
    { name: 'expenditureKind', type: 'string', title: '支出类别。Kind of expenditure', isRequired: true },
    { name: 'functionCode', type: 'string', title: '功能分类科目，账上所记。Functional code, as recorded' },
    { name: 'functionClass', type: 'string', title: '功能分类的类，该年度有效。Functional class, valid in the year' },
    { name: 'cofogDivision', type: 'string', title: 'COFOG 大类，本项目判断。COFOG division, as this project judges' },
    { name: 'economicCode', type: 'string', title: '部门经济分类科目。Economic code' },
    { name: 'projectCode', type: 'string', title: '项目代码。Code of the project' },
    APPROVED,
    ADJUSTED,
    EXECUTED,
  ],
};

export const TASKS: Dataset = {
  name: 'tasks',
  title: '重点工作任务。Tasks',
  source: { kind: 'TABLE', table: 'tasks', hasYears: true },
  key: ['code'],
  fields: [
    { name: 'code', type: 'string', title: '任务代码。Code', isRequired: true },
    DEPARTMENT,
    YEAR,
    { name: 'title', type: 'string', title: '任务名称。Title', isRequired: true },
    { name: 'parent', type: 'string', title: '上级任务代码。Code of the task that it is part of' },
    { name: 'weight', type: 'number', title: '权重。Weight' },
    { name: 'status', type: 'string', title: '状态。Status', isRequired: true },
    { name: 'progress', type: 'number', title: '进度，%。Progress, in percent', isRequired: true },
    { name: 'startOn', type: 'date', title: '开始日期。Start' },
    { name: 'dueOn', type: 'date', title: '应完成日期。Due' },
    { name: 'completedOn', type: 'date', title: '完成日期。Completed' },
  ],
};

export const INDICATORS: Dataset = {
  name: 'indicators',
  title: '绩效指标。Indicators, with the latest value',
  source: { kind: 'TABLE', table: 'indicators', hasYears: true },
  key: ['code'],
  fields: [
    { name: 'code', type: 'string', title: '指标代码。Code', isRequired: true },
    DEPARTMENT,
    YEAR,
    { name: 'name', type: 'string', title: '指标名称（三级）。Name', isRequired: true },
    { name: 'level1', type: 'string', title: '一级指标。First level', isRequired: true },
    { name: 'level2', type: 'string', title: '二级指标。Second level', isRequired: true },
    { name: 'task', type: 'string', title: '任务代码。Code of the task that it measures' },
    { name: 'direction', type: 'string', title: '指标性质。Direction', isRequired: true },
    { name: 'unit', type: 'string', title: '度量单位。Unit' },
    { name: 'baseline', type: 'number', title: '基期值。Baseline' },
    { name: 'target', type: 'number', title: '年度指标值。Target' },
    { name: 'targetUpper', type: 'number', title: '指标值上限。Upper end of the target' },
    { name: 'points', type: 'number', title: '分值。Points' },
    { name: 'retired', type: 'boolean', title: '是否停用。Whether it is retired', isRequired: true },
    { name: 'latestObservedOn', type: 'date', title: '最近观测日期。Day of the latest observation' },
    { name: 'latestValue', type: 'number', title: '最近观测值。Latest value, if it is a number' },
    { name: 'latestQualifier', type: 'string', title: '数值限定，如“超过”。How exact the value is' },
    { name: 'completionRate', type: 'number', title: '完成率，%。Completion, in percent' },
    { name: 'reached', type: 'boolean', title: '是否达标。Whether the target is reached' },
  ],
};

export const EVALUATIONS: Dataset = {
  name: 'evaluations',
  title: '已公开的绩效自评。Evaluations that are published, as they were published',
  source: { kind: 'TABLE', table: 'evaluations', hasYears: true, published: ifPublished },
  key: ['code'],
  fields: [
    { name: 'code', type: 'string', title: '自评代码，部门.年度。Code: DEPARTMENT.YEAR', isRequired: true },
    DEPARTMENT,
    YEAR,
    { name: 'round', column: 'publishedRound', type: 'integer', title: '轮次。Round', isRequired: true },
    { name: 'selfScore', column: 'publishedSelfScore', type: 'number', title: '自评得分。Own score' },
    { name: 'reviewScore', column: 'publishedReviewScore', type: 'number', title: '复核得分。Score of the review' },
    { name: 'grade', column: 'publishedGrade', type: 'string', title: '等级。Grade' },
  ],
};

export const FUNCTIONS: Dataset = {
  name: 'functions',
  title:
    '政府支出功能分类科目的类，及其有效年度。Classes of the functional classification, with the years in which they hold',
  source: { kind: 'LIST', rows: FUNCTION_CLASSES.map((row) => ({ ...row })) },
  key: ['code', 'validFrom'],
  fields: [
    { name: 'code', type: 'string', title: '科目编码（类）。Code of the class', isRequired: true },
    { name: 'name', type: 'string', title: '科目名称。Name', isRequired: true },
    ...VALIDITY,
    {
      name: 'cofogDivision',
      column: 'cofog',
      type: 'string',
      title: 'COFOG 大类，本项目判断。COFOG division, as this project judges',
    },
  ],
};

export const COFOG_CODES: Dataset = {
  name: 'cofog',
  title:
    '政府职能分类（COFOG）的大类和组，及其有效年度。Divisions and groups of COFOG, with the years in which they hold',
  source: { kind: 'LIST', rows: COFOG.map((row) => ({ ...row })) },
  key: ['code', 'validFrom'],
  fields: [
    { name: 'code', type: 'string', title: '编码。Code', isRequired: true },
    { name: 'name', type: 'string', title: '英文名称。Name', isRequired: true },
    { name: 'nameZh', type: 'string', title: '中文名称（大类）。Chinese name, of a division' },
    { name: 'parent', type: 'string', title: '所属大类。Division of a group' },
    ...VALIDITY,
  ],
};

/** A code that the list does not have in that year stays as it is recorded. */
function classified(row: Row): Row {
  const { functionCode, fiscalYear } = row;
  const found =
    typeof functionCode === 'string' && typeof fiscalYear === 'number'
      ? functionClassOf(functionCode, fiscalYear)
      : undefined;
  return { ...row, functionClass: found?.code ?? null, cofogDivision: found?.cofog ?? null };
}

function ifPublished(row: Row): Row | undefined {
  return row.publishedRound === null ? undefined : row;
}
