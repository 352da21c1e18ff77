import { FormId } from '../../forms/layouts/layout';
import { LocalDate } from '../../kernel/time';
import { Source } from './source';

/** What a form is about, as it is recorded. */
export interface Subject {
  readonly form: FormId;
  readonly department: string;
  readonly fiscalYear: number;
  /** Of a form about one project. */
  readonly project?: { readonly name: string; readonly code?: string };
  readonly source: Source;
  /** The day that the figures of the year are true on: its last day, or today if the year is not over. */
  readonly lastDay: LocalDate;
}

/** The earlier of the last day of the year and today. */
export const lastDayOf = (fiscalYear: number, today: LocalDate): LocalDate => {
  const last = `${fiscalYear}-12-31`;
  return today < last ? today : last;
};
