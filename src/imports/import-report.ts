import { FormId } from '../forms/layouts/layout';
import { CellAnswer } from '../forms/reading/answers';
import { Source } from './plan/source';

export const IMPORT_STATUSES = ['DRY_RUN', 'RECORDED', 'WAITING', 'REFUSED', 'INCOMPLETE'] as const;

/**
 * `REFUSED`: something is wrong, and nothing was recorded. `WAITING`: facts wait for a second person. `INCOMPLETE`: a part is recorded; the
 * same file, sent again, records the rest.
 */
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** What has become of a file. */
export interface ImportReport {
  readonly status: ImportStatus;
  readonly file: Source;
  /** What the file was read as; left out if it is nothing that is known. */
  readonly form?: FormId | 'payments';
  readonly department?: string;
  readonly fiscalYear?: number;
  /** What is wrong with the file as a whole, in Chinese. */
  readonly problem?: string;
  readonly facts: readonly ImportedFact[];
  /** An answer for every cell of the file. */
  readonly cells: readonly CellAnswer[];
}

/** One action, or what would be one. */
export interface ImportedFact {
  readonly action: string;
  /** In Chinese. */
  readonly says: string;
  /** `预算执行情况!C8`; of an action with many items, the first and the last. */
  readonly cells: readonly string[];
  readonly items: number;
  readonly result: 'WOULD_RECORD' | 'WOULD_PROPOSE' | 'RECORDED' | 'PROPOSED' | 'REFUSED' | 'NOT_TRIED';
  /** Why it was refused, in Chinese. */
  readonly reason?: string;
}
