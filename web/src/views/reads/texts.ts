import { Text } from '../../language/language';
import { lookUp } from '../../terms/look-up';

export const READS_TEXTS = {
  title: { zh: '查阅记录', en: 'Reads on record' },
  intro: {
    zh: '谁查阅了过去、比较了时点、跟踪了动态或导出了数据。同一人同一天的同类查阅合为一条。',
    en: 'Who read the past, compared moments, followed the feed or exported data. Equal reads of one person on one day are one entry.',
  },
  filter: { zh: '筛选', en: 'Filter' },
  department: { zh: '部门', en: 'Department' },
  person: { zh: '人员账号', en: 'Account' },
  from: { zh: '自', en: 'From' },
  to: { zh: '至', en: 'To' },
  all: { zh: '全部', en: 'All' },
  who: { zh: '人员', en: 'Person' },
  last: { zh: '最后一次', en: 'Last' },
  count: { zh: '次数', en: 'Times' },
  what: { zh: '操作', en: 'What' },
  of: { zh: '对象', en: 'Of' },
  fields: { zh: '字段', en: 'Fields' },
  moment: { zh: '查阅的时点', en: 'As of' },
  position: (position: string): Text => ({ zh: `位置 ${position}`, en: `position ${position}` }),
  allDepartments: { zh: '全部可读部门', en: 'all departments that the person may read' },
  fieldCount: (count: number): Text => ({ zh: `共 ${count} 个字段`, en: count === 1 ? '1 field' : `${count} fields` }),
} as const;

/** What was done. */
const OPERATIONS: Readonly<Record<string, Text>> = {
  asOf: { zh: '查询过去', en: 'Read the past' },
  node: { zh: '查询对象', en: 'Read an object' },
  history: { zh: '查询历史', en: 'Read a history' },
  blame: { zh: '溯源', en: 'Asked where figures come from' },
  series: { zh: '查询序列', en: 'Read a series' },
  diff: { zh: '比较时点', en: 'Compared moments' },
  proof: { zh: '索取证明', en: 'Got a proof' },
  evidence: { zh: '下载证据', en: 'Got evidence' },
  report: { zh: '生成报告', en: 'Made a report' },
  form: { zh: '导出表格', en: 'Exported a form' },
  changes: { zh: '查询变更', en: 'Read changes' },
  subscription: { zh: '跟踪动态', en: 'Followed the feed' },
};

/** The tables that can be exported, by the names that an export has on record. */
const TABLES: Readonly<Record<string, Text>> = {
  budgets: { zh: '预算', en: 'budgets' },
  changes: { zh: '变更', en: 'changes' },
  departments: { zh: '部门', en: 'departments' },
  evaluations: { zh: '绩效自评', en: 'self-evaluations' },
  indicators: { zh: '绩效指标', en: 'indicators' },
  tasks: { zh: '工作任务', en: 'tasks' },
};

export function operationText(operation: string): Text {
  const table = /^export (.+)$/.exec(operation)?.[1];
  if (table === undefined) return lookUp(OPERATIONS, operation) ?? { zh: operation, en: operation };
  const { zh, en } = lookUp(TABLES, table) ?? { zh: table, en: table };
  return { zh: `导出${zh}`, en: `Exported ${en}` };
}
