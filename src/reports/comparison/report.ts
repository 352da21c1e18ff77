import { YearComparison } from '../../figures/comparison';
import { Moment } from '../../figures/moment';
import { heading, ReportDocument } from '../document/block';
import { changesSection } from './changes-section';
import { checkComparison } from './check-section';
import { indicatorsSection } from './indicators-section';
import { scoresSection } from './scores-section';
import { textsSection } from './texts-section';
import { totalsSection } from './totals-section';

/** What changed between two moments, such as the submission of a draft and its publication, and why. */
export function comparisonReport(comparison: YearComparison): ReportDocument {
  const { from, to } = comparison;
  const { department, fiscalYear } = to;
  return {
    title: `${fiscalYear} 年度部门整体支出绩效自评：两个时点的比较`,
    subtitles: [department.name, `起：${momentText(from.moment)}`, `止：${momentText(to.moment)}`],
    date: to.moment.recordedAt,
    blocks: [
      heading(1, '一、主要数字'),
      ...totalsSection(comparison),
      heading(1, '二、评分'),
      ...scoresSection(comparison),
      heading(1, '三、指标'),
      ...indicatorsSection(comparison),
      heading(1, '四、结论、问题与改进意见'),
      ...textsSection(comparison),
      heading(1, '五、变更及其原因'),
      ...changesSection(comparison),
      ...checkComparison(from.moment, to.moment, department.code, fiscalYear),
    ],
  };
}

function momentText({ position, recordedOn, effectiveOn }: Moment): string {
  const effective = effectiveOn === undefined ? '生效日不限' : `生效日截至 ${effectiveOn}`;
  return `账本位置 ${position}（${recordedOn} 登记），${effective}`;
}
