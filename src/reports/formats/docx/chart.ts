import {
  AlignmentType,
  BorderStyle,
  FileChild,
  ImageRun,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { Chart } from '../../../charts/chart';
import { pngOf } from '../../../charts/png';
import { writable } from '../writable';
import { CAPTION, CELL, TEXT_WIDTH } from './styles';

/** Twentieths of a point in a pixel of the screen. */
const TWIPS_PER_PIXEL = 15;

/** A picture without letters. Its texts are Word's own: they take its fonts, can be searched, and are the same on every machine. */
export function chartOf(chart: Chart, number: number): readonly FileChild[] {
  const { title, ticks, columns, legend } = chart;
  const scale = ticks.map(({ text }) => text).join('、');
  return [
    new Paragraph({ style: CAPTION, text: writable(`图：${title}`) }),
    new Paragraph({ alignment: AlignmentType.CENTER, keepNext: true, children: [pictureOf(chart, number)] }),
    new Table({
      width: { size: TEXT_WIDTH, type: WidthType.DXA },
      columnWidths: columns.map(() => Math.floor(TEXT_WIDTH / columns.length)),
      layout: TableLayoutType.FIXED,
      borders: NO_BORDERS,
      rows: [rowOf(columns.map(({ label }) => label)), rowOf(columns.map(({ value }) => value))],
    }),
    new Paragraph({
      style: CELL,
      alignment: AlignmentType.CENTER,
      children: [
        ...legend.flatMap(({ colour, text }) => [
          new TextRun({ text: '■ ', color: colour.slice(1) }),
          new TextRun({ text: `${writable(text)}　` }),
        ]),
        new TextRun({ text: `横线自下而上：${scale}` }),
      ],
    }),
  ];
}

function pictureOf(chart: Chart, number: number): ImageRun {
  const width = Math.floor(TEXT_WIDTH / TWIPS_PER_PIXEL);
  return new ImageRun({
    type: 'png',
    data: Buffer.from(pngOf(chart)),
    transformation: { width, height: Math.round((width * chart.height) / chart.width) },
    // Without an id, the library counts all pictures that the process has ever made.
    altText: { id: String(number), name: `chart-${number}`, title: chart.title, description: chart.title },
  });
}

const rowOf = (texts: readonly string[]): TableRow =>
  new TableRow({
    cantSplit: true,
    children: texts.map(
      (text) =>
        new TableCell({
          width: { size: Math.floor(TEXT_WIDTH / texts.length), type: WidthType.DXA },
          margins: { left: 0, right: 0 },
          borders: NO_CELL_BORDERS,
          children: [
            new Paragraph({
              style: CELL,
              alignment: AlignmentType.CENTER,
              children: [new TextRun({ text: writable(text), size: 14 })],
            }),
          ],
        }),
    ),
  });

const NONE = { style: BorderStyle.NONE, size: 0, color: 'FFFFFF' } as const;
const NO_CELL_BORDERS = { top: NONE, bottom: NONE, left: NONE, right: NONE };
const NO_BORDERS = { ...NO_CELL_BORDERS, insideHorizontal: NONE, insideVertical: NONE };
