import { Text } from '../../language/language';

export const DIFFERENCE_TEXTS = {
  title: { zh: '比较两个时点', en: 'Two moments side by side' },
  about: {
    zh: '第二个时点是上方时钟所示的时点；第一个在此选择。点击任一数字查看其来历。',
    en: 'The second moment is the one that the clocks above show; choose the first here. Click any figure to see where it comes from.',
  },
  choose: {
    zh: '请选择第一个时点，例如上报监控表的那一天。',
    en: 'Choose the first moment, such as the day on which a form was handed in.',
  },
  department: { zh: '部门', en: 'Department' },
  year: { zh: '年度', en: 'Year' },
  all: { zh: '全部', en: 'All' },
  same: { zh: '两个时点没有不同。', en: 'Nothing differs between the two moments.' },
  first: { zh: '第一个时点', en: 'First moment' },
  second: { zh: '第二个时点', en: 'Second moment' },
  known: { zh: '按所知日期', en: 'As known on' },
  effective: { zh: '按生效日期', en: 'As in effect on' },
  position: { zh: '账本位置', en: 'Position' },
  field: { zh: '字段', en: 'Field' },
  fields: { zh: '不同之处', en: 'What differs' },
  before: { zh: '第一个时点', en: 'At the first' },
  after: { zh: '第二个时点', en: 'At the second' },
  changes: { zh: '背后的变更', en: 'The changes behind it' },
  recorded: { zh: '记录于', en: 'recorded' },
  inEffect: { zh: '生效于', en: 'in effect' },
  moreFields: { zh: '只列出前 50 个字段。', en: 'Only the first 50 fields are listed.' },
  moreChanges: { zh: '只列出前 20 个变更。', en: 'Only the first 20 changes are listed.' },
} satisfies Readonly<Record<string, Text>>;
