import { FormPart } from '../../forms/layouts/layout';
import { CellContent, SheetCell, SheetColumn, textCell } from '../formats/xlsx/sheet';
import { StyleName } from '../formats/xlsx/styles';
import { columnsOf, placesOf } from './columns';
import { SheetBuilder } from './sheet-builder';

/** Where a part of a form is written: its sheet, and the column of each role. */
export class TablePlace<Part extends FormPart> {
  private readonly places: ReadonlyMap<string, number>;

  constructor(
    readonly part: Part,
    readonly builder: SheetBuilder,
    columns: readonly SheetColumn[],
  ) {
    this.places = placesOf(part, columns);
  }

  columnOf(role: string): number | undefined {
    return this.places.get(role);
  }

  /** The titles of the columns. */
  addTitles(): void {
    this.addRow(Object.fromEntries(columnsOf(this.part).map(({ role, title }) => [role, textCell(title)])), {}, 'head');
  }

  /** What a row has, by role. Each column gets a cell, so that the table has its borders. */
  addRow(
    contents: Readonly<Record<string, CellContent | undefined>>,
    styles: Readonly<Record<string, StyleName>>,
    style: StyleName = 'text',
  ): void {
    const cells = [...this.places].map(([role, column]): SheetCell => ({
      column,
      style: styles[role] ?? style,
      content: contents[role],
    }));
    this.builder.add(cells.sort((a, b) => a.column - b.column));
  }
}
