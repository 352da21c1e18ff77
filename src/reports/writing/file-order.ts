import { YearComparison } from '../../figures/comparison';
import { LineFigures } from '../../figures/budget';
import { YearFigures } from '../../figures/year-figures';
import { FormId } from '../../forms/layouts/layout';

/** What a report shows: one moment, or two. */
export type ReportFigures =
  | { readonly kind: 'evaluation'; readonly year: YearFigures }
  | { readonly kind: 'comparison'; readonly comparison: YearComparison };

/** A form, and what it is filled with. With a line of the budget, it is about the project of that line. */
export interface FormFigures {
  readonly form: FormId;
  readonly year: YearFigures;
  readonly project?: LineFigures;
}

/** A file to write: figures only, so that another thread can be given it. */
export type FileOrder =
  | { readonly format: 'md' | 'html' | 'docx'; readonly report: ReportFigures }
  | { readonly format: 'xlsx'; readonly form: FormFigures };
