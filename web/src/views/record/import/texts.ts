import { Text } from '../../../language/language';
import { ImportedFact, ImportReport } from './report';

export const IMPORT_TEXTS = {
  intro: {
    zh: '项目支出绩效自评表、部门整体支出绩效自评表（.xlsx、.xls、.csv），或带映射的支付明细。先试算：每个单元格都有答复，不记录任何内容。',
    en: 'A self-evaluation form of a project or a department (.xlsx, .xls, .csv), or a table of payments with a mapping. First a dry run: every cell is answered for, and nothing is recorded.',
  },
  file: { zh: '文件', en: 'File' },
  department: { zh: '部门代码（表中没有时）', en: 'Department (if the file does not say it)' },
  year: { zh: '预算年度（表中没有时）', en: 'Fiscal year (if the file does not say it)' },
  map: { zh: '支付明细的映射 (JSON)', en: 'Mapping of a table of payments (JSON)' },
  rehearse: { zh: '试算', en: 'Dry run' },
  record: { zh: '确认导入', en: 'Import it' },
  sending: { zh: '正在处理…', en: 'Working…' },
  lost: {
    zh: '没有收到答复：可能已记录一部分。再次发送同一文件，只记录尚未记录的部分。',
    en: 'There was no answer: a part may be on record. Send the same file again: only what is missing is recorded.',
  },
  unread: {
    zh: '浏览器无法读取该文件，可能已移动或更改，请重新选择。',
    en: 'The browser cannot read the file: it may have been moved or changed. Choose it again.',
  },
  facts: { zh: '事实', en: 'Facts' },
  cells: { zh: '单元格', en: 'Cells' },
  action: { zh: '操作', en: 'Action' },
  says: { zh: '内容', en: 'What it says' },
  result: { zh: '结果', en: 'Result' },
  cell: { zh: '单元格', en: 'Cell' },
  text: { zh: '原文', en: 'Text' },
  answer: { zh: '答复', en: 'Answer' },
} as const;

export const STATUS_TEXTS: Readonly<Record<ImportReport['status'], Text>> = {
  DRY_RUN: { zh: '试算通过，尚未记录任何内容', en: 'Nothing is wrong, and nothing has been recorded yet' },
  RECORDED: { zh: '全部已记录', en: 'All of it is on record' },
  WAITING: {
    zh: '部分事实成为提议，等待另一人确认',
    en: 'Some facts became proposals, which wait for a second person',
  },
  REFUSED: { zh: '有误，未记录任何内容', en: 'Something is wrong, and nothing was recorded' },
  INCOMPLETE: {
    zh: '只记录了一部分；再次发送同一文件即可补齐',
    en: 'A part is on record; the same file again records the rest',
  },
};

export const RESULT_TEXTS: Readonly<Record<ImportedFact['result'], Text>> = {
  WOULD_RECORD: { zh: '将记录', en: 'would be recorded' },
  WOULD_PROPOSE: { zh: '将成为提议', en: 'would be proposed' },
  RECORDED: { zh: '已记录', en: 'recorded' },
  PROPOSED: { zh: '已提议', en: 'proposed' },
  REFUSED: { zh: '被拒绝', en: 'refused' },
  NOT_TRIED: { zh: '未尝试', en: 'not tried' },
};
