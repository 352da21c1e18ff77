import { CellPlace } from '../../forms/reading/answers';
import { cellName } from '../../forms/workbook';
import { INPUT_BOUNDS } from '../../kernel/limits';

/** The file that facts are from. */
export interface Source {
  readonly name: string;
  readonly sha256: string;
}

/** What proves a fact: the cell, under the key of what the fact is about, and the file by its hash. */
export function evidenceOf({ name, sha256 }: Source, key: string, { sheet, cell }: CellPlace) {
  const uri = `${SCHEME}${key}#${encodeURIComponent(sheet)}!${cellName(cell)}`;
  return { uri: uri.slice(0, INPUT_BOUNDS.maxUriLength), sha256, title: name };
}

const SCHEME = 'import:';

/** The key of a fact that an import recorded; undefined for any other evidence. */
export function keyIn(uri: string): string | undefined {
  if (!uri.startsWith(SCHEME)) return undefined;
  const end = uri.indexOf('#');
  return uri.slice(SCHEME.length, end < 0 ? undefined : end);
}

/** What a row of a form is about. The cell is no part of it: rows may move. */
export interface RowKey {
  readonly form: string;
  readonly department: string;
  readonly fiscalYear: number;
  /** Of the line or the indicator. */
  readonly code: string;
}

export const keyOf = ({ form, department, fiscalYear, code }: RowKey, what: string): string =>
  [form, department, fiscalYear, code, what].join('/');
