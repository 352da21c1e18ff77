import { escaped } from '../markup';
import { writable } from '../writable';
import { cellName, Sheet, SheetCell } from './sheet';
import { styleIndex } from './styles';

/** `xl/worksheets/sheet1.xml` and so on: printed on A4, across, one page wide. */
export function sheetXml({ columns, rows, merges }: Sheet): string {
  const widths = columns.map(
    ({ width, hidden }, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"${hidden === true ? ' hidden="1"' : ''}/>`,
  );
  const lines = rows.map(
    (cells, row) => `<row r="${row + 1}">${cells.map((cell) => cellXml(cell, row)).join('')}</row>`,
  );
  const areas = merges.map(
    ({ top, left, bottom, right }) => `<mergeCell ref="${cellName(left, top)}:${cellName(right, bottom)}"/>`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
    `<cols>${widths.join('')}</cols>`,
    `<sheetData>${lines.join('')}</sheetData>`,
    areas.length === 0 ? '' : `<mergeCells count="${areas.length}">${areas.join('')}</mergeCells>`,
    '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>',
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
    '</worksheet>',
  ].join('');
}

function cellXml({ column, style, content }: SheetCell, row: number): string {
  const place = `<c r="${cellName(column, row)}" s="${styleIndex(style)}"`;
  switch (content?.kind) {
    case undefined:
      return `${place}/>`;
    case 'text':
      return `${place} t="inlineStr"><is><t xml:space="preserve">${escaped(writable(content.text))}</t></is></c>`;
    case 'number':
      return `${place}><v>${content.value}</v></c>`;
    case 'formula': {
      const { formula, value } = content;
      const result = value === null ? ' t="str"' : '';
      return `${place}${result}><f>${escaped(formula)}</f><v>${value ?? ''}</v></c>`;
    }
  }
}
