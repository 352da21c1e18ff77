import { FundSource, FundVintage } from '../../features/budgets/events';
import { MoneyUnit } from '../../kernel/money';

/**
 * How a form is laid out, as data. The reading of forms finds the parts by their titles, wherever they are in the file; the writing
 * of forms puts the parts under each other, each with the sheet that it names.
 */
export interface FormLayout {
  readonly id: FormId;
  /** What is printed at the top. */
  readonly title: string;
  readonly header: readonly HeaderField[];
  readonly parts: readonly FormPart[];
}

export const FORM_IDS = ['national-project', 'sichuan-project', 'department'] as const;
export type FormId = (typeof FORM_IDS)[number];

export interface Titled {
  readonly title: string;
  /** Other titles that forms in use have. */
  readonly also?: readonly string[];
}

/** A label with its value to the right. */
export interface HeaderField extends Titled {
  readonly field: HeaderFieldName;
}

/** `department` and `unit` are `code-name`. */
export type HeaderFieldName = 'project' | 'projectCode' | 'department' | 'unit' | 'fiscalYear';

export type FormPart = FundsPart | GoalsPart | IndicatorsPart | TasksPart | NotesPart;

interface Part {
  /** The sheet that it is written to; left out: the only sheet. */
  readonly sheet?: string;
  /** Printed above it. */
  readonly heading: string;
}

/** A column of a table. Its width is in characters, as spreadsheets count. */
export interface FormColumn<Role extends string> extends Titled {
  readonly role: Role;
  readonly width: number;
  /** It is written hidden: it carries a code of the ledger, which the printed form does not have. */
  readonly hidden?: boolean;
}

/** The money: a row for each source, and their sum. */
export interface FundsPart extends Part {
  readonly kind: 'funds';
  readonly unit: MoneyUnit;
  readonly columns: readonly FormColumn<FundsRole>[];
  readonly rows: readonly FundRow[];
}

export type FundsRole =
  'source' | 'opening' | 'adjustment' | 'revised' | 'executed' | 'points' | 'rate' | 'score' | 'reason' | 'code';

export interface FundRow extends Titled {
  /** Which lines of the budget add up to the row; left out: the row is the sum of the others. */
  readonly lines?: {
    readonly fundSources: readonly FundSource[];
    readonly vintages: readonly FundVintage[];
  };
}

/** What was to be reached, beside what was. */
export interface GoalsPart extends Part {
  readonly kind: 'goals';
  readonly expected: Titled;
  readonly achieved: Titled;
}

/** A row for each indicator. A first or second level that is empty is that of the row above. */
export interface IndicatorsPart extends Part {
  readonly kind: 'indicators';
  readonly columns: readonly FormColumn<IndicatorsRole>[];
  /** The last row. */
  readonly total: Titled;
}

/** `target`: with `direction` and `unit` columns a bare number, else operator, number and unit in one text, such as `≥50个`. */
export type IndicatorsRole =
  'level1' | 'level2' | 'name' | 'direction' | 'target' | 'unit' | 'value' | 'points' | 'score' | 'reason' | 'code';

/** A row for each main task. */
export interface TasksPart extends Part {
  readonly kind: 'tasks';
  readonly columns: readonly FormColumn<TasksRole>[];
}

export type TasksRole = 'name' | 'content' | 'budget' | 'executed' | 'code';

/** Texts: a label, with the text to its right. */
export interface NotesPart extends Part {
  readonly kind: 'notes';
  readonly notes: readonly Titled[];
}
