import { Text } from '../../language/language';

export const DEPARTMENT_TEXTS = {
  none: { zh: '该时点没有这个部门。', en: 'There is no such department at this moment.' },
  noBudget: { zh: '该时点没有这一年的预算。', en: 'There is no budget of this year at this moment.' },
  name: { zh: '部门名称', en: 'Name of the department' },
  year: { zh: '预算年度', en: 'Fiscal year' },
  history: { zh: '预算历史', en: 'History of the budget' },
  difference: { zh: '比较两个时点', en: 'Compare two moments' },
  budget: { zh: '预算', en: 'Budget' },
  closed: { zh: '已关账', en: 'Closed' },
  goals: { zh: '年度绩效目标', en: 'Goals of the year' },
} satisfies Readonly<Record<string, Text>>;

export const BRIDGE_TEXTS = {
  title: { zh: '从年初预算到全年预算', en: 'From the opening budget to the revised one' },
  steps: { zh: '每一笔调整', en: 'Each step' },
  none: { zh: '账本没有记载预算调整。', en: 'No adjustment is on record.' },
  opening: { zh: '年初', en: 'Opening' },
  revised: { zh: '全年', en: 'Revised' },
  number: { zh: '序号', en: 'No.' },
  date: { zh: '生效日', en: 'In effect' },
  kind: { zh: '类别', en: 'Kind' },
  lines: { zh: '明细', en: 'Lines' },
  amount: { zh: '调整额', en: 'Amount' },
  after: { zh: '调整后预算', en: 'Budget after' },
  document: { zh: '文号', en: 'Document' },
  reason: { zh: '理由', en: 'Reason' },
  total: { zh: '总额', en: 'Total' },
  increase: { zh: '增加', en: 'More' },
  decrease: { zh: '减少', en: 'Less' },
  addsUp: { zh: '逐笔相加，分毫不差', en: 'The steps add up to the fen' },
  differs: { zh: '逐笔相加与账本的数不符', en: 'The steps do not come to what the ledger says' },
  before: { zh: '此前各笔', en: 'The steps before' },
  further: { zh: '其后各笔', en: 'The steps after' },
} satisfies Readonly<Record<string, Text>>;

/** `count` undefined: it is not known how many. */
export const others = (count: number | undefined): Text =>
  count === undefined ? { zh: '其余各项', en: 'All others' } : { zh: `其余${count}项`, en: `${count} others` };

export const beginsAt = (value: string): Text => ({
  zh: `纵轴自 ${value} 起，不自 0 起`,
  en: `the scale begins at ${value}, not at 0`,
});

export const MONTH_TEXTS = {
  title: { zh: '各月执行与时间进度', en: 'Executed by month against time' },
  months: { zh: '各月的数', en: 'Month by month' },
  none: { zh: '本年度尚未开始。', en: 'The year has not begun.' },
  month: { zh: '月份', en: 'Month' },
  executed: { zh: '当月执行', en: 'In the month' },
  soFar: { zh: '累计执行', en: 'So far' },
  revised: { zh: '月末预算', en: 'Budget at its end' },
  rate: { zh: '累计执行率', en: 'Execution rate' },
  time: { zh: '时间进度', en: 'Time passed' },
} satisfies Readonly<Record<string, Text>>;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
export const monthText = (month: number): Text => ({ zh: `${month}月`, en: MONTHS[month - 1] ?? String(month) });

export const LINE_TEXTS = {
  title: { zh: '预算明细', en: 'Budget lines' },
  line: { zh: '明细', en: 'Line' },
  source: { zh: '资金性质', en: 'Fund source' },
  kind: { zh: '支出类别', en: 'Kind' },
} satisfies Readonly<Record<string, Text>>;

export const TASK_TEXTS = {
  title: { zh: '重点工作任务', en: 'Tasks' },
  none: { zh: '没有任务。', en: 'There are no tasks.' },
  task: { zh: '任务', en: 'Task' },
  status: { zh: '状态', en: 'Status' },
  progress: { zh: '进度', en: 'Progress' },
  due: { zh: '期限', en: 'Due' },
  completed: { zh: '完成日', en: 'Completed' },
  milestones: { zh: '里程碑', en: 'Milestones' },
  overdue: { zh: '逾期', en: 'Overdue' },
  reached: { zh: '达到', en: 'reached' },
  notReached: { zh: '未达到', en: 'not reached' },
  by: { zh: '期限', en: 'due' },
} satisfies Readonly<Record<string, Text>>;

export const INDICATOR_TEXTS = {
  title: { zh: '绩效指标', en: 'Indicators' },
  none: { zh: '没有指标。', en: 'There are no indicators.' },
  indicator: { zh: '指标', en: 'Indicator' },
  level: { zh: '类别', en: 'Class' },
  target: { zh: '指标值', en: 'Target' },
  value: { zh: '完成值', en: 'Value' },
  observed: { zh: '观测日', en: 'Observed' },
  completion: { zh: '完成率', en: 'Completion' },
  reached: { zh: '是否达到', en: 'Reached' },
  yes: { zh: '达到', en: 'Yes' },
  no: { zh: '未达到', en: 'No' },
  unknown: { zh: '无法判断', en: 'Cannot be said' },
  noTarget: { zh: '未设', en: 'none' },
  noValue: { zh: '尚无观测', en: 'No reading yet' },
  corrected: { zh: '已更正', en: 'corrected' },
  retired: { zh: '已停用', en: 'retired' },
} satisfies Readonly<Record<string, Text>>;

export const EVALUATION_TEXTS = {
  title: { zh: '绩效自评', en: 'Self-evaluation' },
  none: { zh: '该时点没有自评。', en: 'There is no evaluation at this moment.' },
  status: { zh: '状态', en: 'Status' },
  round: { zh: '轮次', en: 'Round' },
  self: { zh: '自评得分', en: 'Self score' },
  review: { zh: '复核得分', en: 'Review score' },
  computed: { zh: '计算得分', en: 'Computed score' },
  wouldBe: { zh: '按现有事实为', en: 'Would be' },
  grade: { zh: '等级', en: 'Grade' },
  unscored: { zh: '未评分', en: 'not scored' },
  conclusion: { zh: '结论', en: 'Conclusion' },
  problems: { zh: '存在的问题', en: 'Problems' },
  improvements: { zh: '改进措施', en: 'Improvements' },
  scores: { zh: '分项得分', en: 'Scores by line' },
  line: { zh: '评分项', en: 'Line' },
  points: { zh: '分值', en: 'Points' },
  score: { zh: '得分', en: 'Score' },
  scoredBy: { zh: '方式', en: 'How' },
  reason: { zh: '理由与偏差', en: 'Reason and deviation' },
  notApplicable: { zh: '不适用', en: 'does not apply' },
  unofficial: { zh: '示例模板（非官方）', en: 'Example template, not official' },
  history: { zh: '自评过程', en: 'How it went' },
} satisfies Readonly<Record<string, Text>>;
