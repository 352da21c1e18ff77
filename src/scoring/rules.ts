import { Decimal } from '../kernel/decimal';

export const SCORING_RULES = ['EXECUTION_RATE', 'RATIO', 'RANGE', 'DEDUCTION', 'CHECKLIST', 'BAND', 'MANUAL'] as const;
export type RuleName = (typeof SCORING_RULES)[number];

export const DENOMINATORS = ['REVISED', 'OPENING'] as const;
/** How the percentage points over a standard are counted: a started one as a whole, only whole ones, or exactly. */
export const POINTS_COUNTED = ['started', 'whole', 'exact'] as const;

export interface ExecutionRate {
  readonly denominator: (typeof DENOMINATORS)[number];
}

/** Without a class: the completion of the indicator that the evaluation names for the line. */
export interface Ratio {
  readonly level1?: string;
  /** Only together with level1. */
  readonly level2?: string;
}

export interface Range {
  /** Above 0: at this distance outside the range the score is 0. */
  readonly zeroAt: Decimal;
}

export interface Deduction {
  readonly standard: Decimal;
  /** The points that each percentage point over the standard costs. */
  readonly k: Decimal;
  readonly per: (typeof POINTS_COUNTED)[number];
}

export interface ChecklistItem {
  readonly code: string;
  readonly name: string;
  readonly points: Decimal;
}

export interface Checklist {
  readonly items: readonly ChecklistItem[];
}

/** In percent of the points of the line, both ends included. */
export interface Band {
  readonly code: string;
  readonly name: string;
  readonly from: Decimal;
  readonly to: Decimal;
}

export interface Bands {
  readonly bands: readonly Band[];
}

/** A rule and its parameters. */
export type ScoringRule =
  | { readonly rule: 'EXECUTION_RATE'; readonly parameters: ExecutionRate }
  | { readonly rule: 'RATIO'; readonly parameters: Ratio }
  | { readonly rule: 'RANGE'; readonly parameters: Range }
  | { readonly rule: 'DEDUCTION'; readonly parameters: Deduction }
  | { readonly rule: 'CHECKLIST'; readonly parameters: Checklist }
  | { readonly rule: 'BAND'; readonly parameters: Bands }
  | { readonly rule: 'MANUAL'; readonly parameters: object };

/** A line of a template that has a rule. */
export type ScoredLine = ScoringRule & {
  readonly code: string;
  /** Above 0, with at most 2 decimals, so that no score of 2 decimals is rounded above it. */
  readonly points: Decimal;
};
