import { Decimal } from '../../../kernel/decimal';
import { StyleName } from './styles';

/** A sheet to write. Rows and columns count from 0. */
export interface Sheet {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly SheetCell[])[];
  readonly merges: readonly Area[];
}

export interface SheetColumn {
  /** In characters, as spreadsheets count. */
  readonly width: number;
  readonly hidden?: boolean;
}

export interface SheetCell {
  readonly column: number;
  readonly style: StyleName;
  /** Left out: the cell has only its style. */
  readonly content?: CellContent;
}

/** A text is never read as a formula, whatever it begins with. A formula carries the value that it gives. */
export type CellContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: Decimal }
  | { readonly kind: 'formula'; readonly formula: string; readonly value: Decimal | null };

export interface Area {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export const textCell = (text: string): CellContent | undefined => (text === '' ? undefined : { kind: 'text', text });
export const numberCell = (value: Decimal): CellContent => ({ kind: 'number', value });
export const formulaCell = (formula: string, value: Decimal | null): CellContent => ({
  kind: 'formula',
  formula,
  value,
});

/** `C8` */
export function cellName(column: number, row: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return `${letters}${row + 1}`;
}
