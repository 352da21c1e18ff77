import { EvaluationStatuses } from '../../features/evaluations/choices';
import { YearFigures } from '../../figures/year-figures';
import { heading, ReportDocument } from '../document/block';
import { analysisSection } from './analysis-section';
import { checkSection } from './check-section';
import { conclusionSection } from './conclusion-section';
import { departmentSection } from './department-section';
import { goalsSection } from './goals-section';
import { otherSection } from './other-section';
import { problemsSection } from './problems-section';
import { spendingSection } from './spending-section';
import { tasksSection } from './tasks-section';
import { nameOf } from './texts';

/** 部门整体支出绩效自评报告, in the usual outline of departments. It says only what is on record. */
export function evaluationReport(year: YearFigures): ReportDocument {
  const { department, fiscalYear, budget, tasks, evaluation, moment } = year;
  return {
    title: `${fiscalYear} 年度部门整体支出绩效自评报告`,
    subtitles: [department.name, momentLine(year), statusLine(year)],
    date: moment.recordedAt,
    blocks: [
      heading(1, '一、部门基本情况'),
      ...departmentSection(department),
      ...tasksSection(tasks),
      ...goalsSection(budget),
      ...spendingSection(budget, fiscalYear),
      heading(1, '二、绩效自评'),
      ...conclusionSection(evaluation),
      ...analysisSection(year),
      ...problemsSection(evaluation),
      ...otherSection(evaluation),
      ...checkSection(moment, department.code, fiscalYear),
    ],
  };
}

function momentLine({ moment: { position, recordedOn, effectiveOn } }: YearFigures): string {
  const effective = effectiveOn === undefined ? '生效日不限' : `生效日截至 ${effectiveOn}`;
  return `数据截至账本位置 ${position}（${recordedOn} 登记），${effective}`;
}

const statusLine = ({ evaluation }: YearFigures): string =>
  evaluation === undefined
    ? '账本没有该年度的自评'
    : `自评状态：${nameOf(EvaluationStatuses, evaluation.status)}，第 ${evaluation.round} 轮`;
