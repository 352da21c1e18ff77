import { printable, table } from './table';

/** What the server answers to an import. */
export interface ImportAnswer {
  readonly status: string;
  readonly file: { readonly name: string; readonly sha256: string };
  readonly form?: string;
  readonly department?: string;
  readonly fiscalYear?: number;
  readonly problem?: string;
  readonly facts: readonly ImportedFact[];
  readonly cells: readonly CellAnswer[];
}

interface ImportedFact {
  readonly action: string;
  readonly says: string;
  readonly cells: readonly string[];
  readonly items: number;
  readonly result: string;
  readonly reason?: string;
}

interface CellAnswer {
  readonly sheet: string;
  readonly cell: string;
  readonly text: string;
  readonly becomes?: string;
  readonly reason?: string;
  readonly isRefused?: true;
  readonly warning?: string;
}

const STATUS_WORDS: Readonly<Record<string, string>> = {
  DRY_RUN: '试算：没有记录任何内容。Nothing was recorded.',
  RECORDED: '已记录。Recorded.',
  WAITING: '部分内容待第二人确认。Some facts wait for a second person.',
  REFUSED: '未通过：没有记录任何内容。Refused: nothing was recorded.',
  INCOMPLETE: '只记录了一部分：请重新导入同一文件。A part was recorded: send the same file again.',
};

/** The answer for a terminal: the facts, and the cells. Without `allCells`, only those that are wrong or need a look. */
export function importReport(answer: ImportAnswer, allCells: boolean): string {
  const { status, file, form = '', department = '', fiscalYear = '', problem } = answer;
  const cells = answer.cells.filter(({ isRefused, warning }) => allCells || isRefused || warning !== undefined);
  return [
    `${printable(file.name)}  sha256 ${file.sha256}\n${[form, department, fiscalYear].join('  ').trim()}\n`,
    cells.length === 0 ? '' : table(CELLS, cells.map(cellRow)),
    answer.facts.length === 0
      ? '没有需要记录的内容。There is nothing to record.\n'
      : table(FACTS, answer.facts.map(factRow)),
    `${problem === undefined ? '' : `${printable(problem)}\n`}${STATUS_WORDS[status] ?? status}\n`,
  ]
    .filter((part) => part !== '')
    .join('\n');
}

const CELLS = [{ title: '工作表' }, { title: '单元格' }, { title: '原文' }, { title: '结果' }];
const FACTS = [{ title: '结果' }, { title: '操作' }, { title: '内容' }, { title: '单元格' }];
const LONGEST = 40;

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

function cellRow({ sheet, cell, text, becomes, reason, isRefused, warning }: CellAnswer): readonly string[] {
  const result = becomes === undefined ? `${isRefused ? '✗ ' : '不记录：'}${reason ?? ''}` : `→ ${becomes}`;
  return [sheet, cell, cut(text), warning === undefined ? result : `${result}（注意：${warning}）`];
}

const factRow = ({ result, action, says, reason, cells, items }: ImportedFact): readonly string[] => [
  result,
  action,
  reason === undefined ? says : `${says}：${reason}`,
  items > 3 ? `${cells[0] ?? ''} … (${items})` : cells.join(' '),
];
