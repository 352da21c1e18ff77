import type { EntityType } from '../generated/documents';
import { Moment } from '../moment/moment';

/** Where a figure on screen comes from: what the blame panel needs to ask for its changes. */
export type FigureSource = FieldSource | TotalSource | ChangeSource | SumSource;

/** A field of one entity, such as the revised budget of a department's year, or what a line has executed. */
export interface FieldSource {
  readonly kind: 'field';
  readonly entityType: EntityType;
  /** Its code; of a budget or an evaluation DEPARTMENT.YEAR. */
  readonly entity: string;
  /** Its path in the blame of the entity. An item of a list is named by its code: /lines/L1/executed. Left out: the whole entity. */
  readonly path?: string;
  /** If it is the amount of a part of the year: only facts from the first to the last of these days count. */
  readonly days?: { readonly from: string; readonly to: string };
  /** The moment of the figure; left out: the one that is shown. */
  readonly at?: Moment;
}

/** What one change says. */
export interface ChangeSource {
  readonly kind: 'change';
  readonly entityType: EntityType;
  readonly entity: string;
  readonly position: string;
}

/** A sum over the lines of many budgets. */
export interface TotalSource {
  readonly kind: 'total';
  readonly fiscalYear: number;
  readonly measure: Measure;
  /** The lines that are summed; left out: all. */
  readonly department?: string;
  readonly fundSource?: string;
  readonly expenditureKind?: string;
}

/** A figure that the page itself has added up. */
export interface SumSource {
  readonly kind: 'sum';
  readonly parts: readonly SumPart[];
}

export interface SumPart {
  readonly label: string;
  /** Exact, in yuan. */
  readonly yuan: string;
  /** Left out: it is itself a sum of what is not listed. */
  readonly source?: FigureSource;
}

export const MEASURES = ['opening', 'adjustment', 'revised', 'executed', 'remaining', 'executionRate'] as const;
export type Measure = (typeof MEASURES)[number];

/** A figure that a person has clicked. */
export interface ClickedFigure {
  readonly source: FigureSource;
  /** What it is, in words. */
  readonly label: string;
  /** As it is shown. */
  readonly text: string;
}
