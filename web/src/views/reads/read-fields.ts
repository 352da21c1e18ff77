import { Text } from '../../language/language';
import { fieldText } from '../../terms/fields';
import { lookUp } from '../../terms/look-up';

/** The fields of a read that belong to one thing, such as a budget, in words. */
export interface ReadFields {
  readonly of: Text;
  /** Empty if the thing itself was read. */
  readonly names: readonly Text[];
}

/** What only holds a list together. */
const PLUMBING = new Set(['nodes', 'edges', 'node', 'cursor', 'id', 'totalCount']);
const PAGING = 'pageInfo';

/**
 * The fields of a read, from paths of the API: `asOf.budget.bridgePage.nodes.amount` is an amount of a budget. The operation says the
 * first part of a path already.
 */
export function readFields(paths: readonly string[]): readonly ReadFields[] {
  const found = new Map<string, Map<string, Text>>();
  for (const path of paths) {
    const tokens = path.split('.');
    if (tokens.includes(PAGING)) continue;
    const below = tokens.length === 1 ? tokens : tokens.slice(1);
    const words = below.map(withoutPage).filter((token) => !PLUMBING.has(token));
    const [first] = words;
    if (first === undefined) continue;
    const names = found.get(first) ?? new Map<string, Text>();
    const last = words.at(-1);
    if (last !== undefined && words.length > 1) names.set(last, textOf(last));
    found.set(first, names);
  }
  return [...found].map(([of, names]) => ({ of: textOf(of), names: [...names.values()] }));
}

const withoutPage = (token: string): string => token.replace(/Page$/, '');

/** The word for a field; one that the page does not know keeps its own name. */
const textOf = (name: string): Text => lookUp(WORDS, name) ?? fieldText(name);

/** The names of fields that only reads on record name. */
const WORDS: Readonly<Record<string, Text>> = {
  actor: { zh: '经办人', en: 'Recorded by' },
  after: { zh: '之后', en: 'After' },
  alerts: { zh: '预警', en: 'Alerts' },
  amount: { zh: '金额', en: 'Amount' },
  amountFirstRecorded: { zh: '最初记录的金额', en: 'Amount as first recorded' },
  at: { zh: '时点', en: 'Moment' },
  before: { zh: '之前', en: 'Before' },
  blame: { zh: '来历', en: 'Origins' },
  bridge: { zh: '预算变动', en: 'Steps of the budget' },
  budget: { zh: '预算', en: 'Budget' },
  budgets: { zh: '预算', en: 'Budgets' },
  change: { zh: '变更', en: 'Change' },
  changes: { zh: '变更', en: 'Changes' },
  checkpoint: { zh: '检查点', en: 'Checkpoint' },
  confirmedBy: { zh: '确认人', en: 'Confirmed by' },
  corrections: { zh: '更正', en: 'Corrections' },
  corrects: { zh: '被更正的变更', en: 'What it corrects' },
  count: { zh: '次数', en: 'Times' },
  data: { zh: '事件内容', en: 'Data of the event' },
  decidedAt: { zh: '决定时间', en: 'Decided at' },
  departmentCode: { zh: '部门代码', en: 'Code of the department' },
  departments: { zh: '部门', en: 'Departments' },
  documentNo: { zh: '文号', en: 'Document' },
  effectiveAt: { zh: '生效时点', en: 'In effect from' },
  effectiveAtFirstRecorded: { zh: '最初记录的生效时点', en: 'In effect from, as first recorded' },
  entity: { zh: '对象', en: 'Entity' },
  entityType: { zh: '对象类型', en: 'Type of the entity' },
  entries: { zh: '分录', en: 'Entries' },
  evaluation: { zh: '绩效自评', en: 'Self-evaluation' },
  evaluations: { zh: '绩效自评', en: 'Self-evaluations' },
  eventId: { zh: '事件编号', en: 'Id of the event' },
  evidence: { zh: '证据', en: 'Evidence' },
  fields: { zh: '字段', en: 'Fields' },
  fiscalYears: { zh: '预算年度', en: 'Fiscal years' },
  hashes: { zh: '证明路径', en: 'Hashes of the proof' },
  head: { zh: '账本末端', en: 'End of the log' },
  history: { zh: '历史', en: 'History' },
  inclusionProof: { zh: '包含证明', en: 'Inclusion proof' },
  indicator: { zh: '绩效指标', en: 'Indicator' },
  indicators: { zh: '绩效指标', en: 'Indicators' },
  keys: { zh: '分组', en: 'Groups' },
  kind: { zh: '种类', en: 'Kind' },
  knownAt: { zh: '所知时点', en: 'Known at' },
  leafHash: { zh: '叶哈希', en: 'Hash of the leaf' },
  leafIndex: { zh: '叶序号', en: 'Number of the leaf' },
  legs: { zh: '涉及明细', en: 'Lines of the step' },
  line: { zh: '明细', en: 'Line' },
  masked: { zh: '是否遮蔽', en: 'Masked' },
  message: { zh: '说明', en: 'Message' },
  monitoring: { zh: '监控', en: 'Monitoring' },
  note: { zh: '签名检查点', en: 'Signed checkpoint' },
  operation: { zh: '操作', en: 'Operation' },
  origin: { zh: '日志名称', en: 'Name of the log' },
  overdue: { zh: '是否逾期', en: 'Overdue' },
  page: { zh: '页面', en: 'Page' },
  path: { zh: '字段路径', en: 'Path of the field' },
  position: { zh: '账本位置', en: 'Position' },
  preview: { zh: '预演', en: 'Preview' },
  proposal: { zh: '提议', en: 'Proposal' },
  proposals: { zh: '提议', en: 'Proposals' },
  proposedAt: { zh: '提议时间', en: 'Proposed at' },
  proposedBy: { zh: '提议人', en: 'Proposed by' },
  recordedAt: { zh: '记录时间', en: 'Recorded at' },
  reversals: { zh: '冲销', en: 'Reversals' },
  reverses: { zh: '被冲销的变更', en: 'What it reverses' },
  revisedAfter: { zh: '变动后预算', en: 'Budget after the step' },
  revision: { zh: '变更数', en: 'Number of changes' },
  rootHash: { zh: '根哈希', en: 'Hash of the root' },
  rule: { zh: '规则', en: 'Rule' },
  scoringTemplate: { zh: '评分模板', en: 'Scoring template' },
  scoringTemplates: { zh: '评分模板', en: 'Scoring templates' },
  series: { zh: '序列', en: 'Series' },
  sha256: { zh: '文件哈希', en: 'Hash of the file' },
  state: { zh: '状态', en: 'State' },
  sub: { zh: '账号', en: 'Account' },
  tasks: { zh: '工作任务', en: 'Tasks' },
  tlogProof: { zh: '透明日志证明', en: 'Proof of the transparency log' },
  toLine: { zh: '转入明细', en: 'Line that it goes to' },
  totalPoints: { zh: '总分值', en: 'Total points' },
  totals: { zh: '汇总', en: 'Totals' },
  treeSize: { zh: '树的大小', en: 'Size of the tree' },
  type: { zh: '类型', en: 'Type' },
  unofficial: { zh: '是否非官方', en: 'Unofficial' },
  uri: { zh: '地址', en: 'Address' },
  verifierKeys: { zh: '验证公钥', en: 'Keys to verify with' },
  wouldBe: { zh: '确认后的结果', en: 'What would be' },
};
