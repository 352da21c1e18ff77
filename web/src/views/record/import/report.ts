/** What the server answers to a file. The texts in it are Chinese. */
export interface ImportReport {
  readonly status: 'DRY_RUN' | 'RECORDED' | 'WAITING' | 'REFUSED' | 'INCOMPLETE';
  readonly file: { readonly name: string; readonly sha256: string };
  readonly form?: string;
  readonly department?: string;
  readonly fiscalYear?: number;
  readonly problem?: string;
  readonly facts: readonly ImportedFact[];
  readonly cells: readonly CellAnswer[];
}

export interface ImportedFact {
  readonly action: string;
  readonly says: string;
  readonly cells: readonly string[];
  readonly items: number;
  readonly result: 'WOULD_RECORD' | 'WOULD_PROPOSE' | 'RECORDED' | 'PROPOSED' | 'REFUSED' | 'NOT_TRIED';
  readonly reason?: string;
}

export interface CellAnswer {
  readonly sheet: string;
  readonly cell: string;
  readonly text: string;
  readonly becomes?: string;
  readonly reason?: string;
  readonly isRefused?: boolean;
  readonly warning?: string;
}

/** What a person has to look at comes first. The cells of each group stay in the order of the file. */
export function inOrderOfConcern(cells: readonly CellAnswer[]): readonly CellAnswer[] {
  const concern = ({ isRefused, warning }: CellAnswer): number =>
    isRefused === true ? 0 : warning === undefined ? 2 : 1;
  return cells
    .map((cell, index) => ({ cell, index }))
    .sort((left, right) => concern(left.cell) - concern(right.cell) || left.index - right.index)
    .map(({ cell }) => cell);
}
