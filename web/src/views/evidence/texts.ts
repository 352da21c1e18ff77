import { Text } from '../../language/language';
import { Subject } from './address';

export const EVIDENCE_TEXTS = {
  title: { zh: '下载证据', en: 'Download evidence' },
  intro: {
    zh: '证据文件可在没有服务器时证明：某个对象在所选时点是什么样的。用 mingjian check 或任何遵循协议的程序检验。',
    en: 'An evidence file proves without the server what something was at the chosen moment. Check it with `mingjian check`, or any program that follows the protocol.',
  },
  moment: { zh: '按上方两个时钟所选的时点。', en: 'It is made as of the moment of the two clocks above.' },
  unsigned: {
    zh: '此服务器没有签名密钥，因此没有证据文件。',
    en: 'This server has no signing key, so it makes no evidence files.',
  },
  about: { zh: '关于', en: 'About' },
  code: { zh: '代码', en: 'Code' },
  position: { zh: '变更的位置', en: 'Position of the change' },
  department: { zh: '部门代码', en: 'Code of the department' },
  year: { zh: '预算年度', en: 'Fiscal year' },
  json: { zh: '下载 JSON（可检验）', en: 'Download JSON (can be checked)' },
  html: { zh: '下载 HTML（供打印）', en: 'Download HTML (to print)' },
  making: { zh: '正在生成…', en: 'Making the file…' },
  done: { zh: '已下载', en: 'Downloaded' },
  isMissing: { zh: '必填', en: 'Needed' },
  checkpoint: { zh: '最新检查点', en: 'Newest checkpoint' },
  size: (size: string): Text => ({ zh: `${size} 个事件`, en: `${size} events` }),
  keys: { zh: '验证密钥', en: 'Verifier keys' },
} as const;

export const SUBJECT_TEXTS: Readonly<Record<Subject, Text>> = {
  'department-year': { zh: '部门的一个年度（全部）', en: 'All that a department has in a year' },
  department: { zh: '部门', en: 'A department' },
  budget: { zh: '预算', en: 'A budget' },
  task: { zh: '工作任务', en: 'A task' },
  indicator: { zh: '绩效指标', en: 'An indicator' },
  evaluation: { zh: '绩效自评', en: 'A self-evaluation' },
  proposal: { zh: '提议', en: 'A proposal' },
  template: { zh: '评分模板', en: 'A scoring template' },
  change: { zh: '一项变更', en: 'One change' },
};
