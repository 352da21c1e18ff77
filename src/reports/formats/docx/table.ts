import {
  AlignmentType,
  FileChild,
  Paragraph,
  ShadingType,
  Table as DocxTable,
  TableCell,
  TableLayoutType,
  TableRow,
  WidthType,
} from 'docx';
import { Content, Row, Table, TableColumn } from '../../document/block';
import { Footnotes } from '../../document/footnotes';
import { runsOf } from './runs';
import { CAPTION, CELL, TEXT_WIDTH } from './styles';

export function tableOf({ caption, columns, rows }: Table, notes: Footnotes): readonly FileChild[] {
  const widths = widthsOf(columns);
  const titles = columns.map(({ title, note }): Content => [
    note === undefined ? title : { kind: 'figure', text: title, note },
  ]);
  const head: Row = { cells: titles, strong: true };
  return [
    new Paragraph({ style: CAPTION, children: [...runsOf([caption], notes)] }),
    new DocxTable({
      width: { size: TEXT_WIDTH, type: WidthType.DXA },
      columnWidths: widths,
      layout: TableLayoutType.FIXED,
      rows: [
        rowOf(head, columns, widths, notes, true),
        ...rows.map((row) => rowOf(row, columns, widths, notes, false)),
      ],
    }),
    new Paragraph({ style: CELL, text: '' }),
  ];
}

function widthsOf(columns: readonly TableColumn[]): number[] {
  const all = columns.reduce((sum, { width = 1 }) => sum + width, 0);
  return columns.map(({ width = 1 }) => Math.floor((TEXT_WIDTH * width) / all));
}

const rowOf = (
  { cells, strong }: Row,
  columns: readonly TableColumn[],
  widths: readonly number[],
  notes: Footnotes,
  isHead: boolean,
): TableRow =>
  new TableRow({
    tableHeader: isHead,
    cantSplit: true,
    children: cells.map(
      (cell, index) =>
        new TableCell({
          width: { size: widths[index] ?? 0, type: WidthType.DXA },
          margins: { left: 60, right: 60, top: 20, bottom: 20 },
          ...(isHead ? { shading: { type: ShadingType.CLEAR, fill: 'EEEEEE', color: 'auto' } } : {}),
          children: [
            new Paragraph({
              style: CELL,
              alignment: columns[index]?.align === 'right' ? AlignmentType.RIGHT : AlignmentType.LEFT,
              children: [...runsOf(cell, notes, strong)],
            }),
          ],
        }),
    ),
  });
