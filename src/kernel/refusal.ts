import { LimitName } from './limits';

/**
 * The closed set of expected refusals. A refusal is a value: functions return it up to the entry point, where one table turns
 * it into an error. Outages are thrown (see outage.ts). Anything else that is thrown is a bug of ours.
 */
export type Refusal =
  | {
      readonly kind: 'BAD_USER_INPUT';
      readonly violations: readonly Violation[];
      /** How many further violations were found but not listed. */
      readonly violationsOmitted?: number;
    }
  | { readonly kind: 'UNAUTHENTICATED'; readonly message: string }
  | { readonly kind: 'FORBIDDEN'; readonly message: string }
  | { readonly kind: 'NOT_FOUND'; readonly message: string }
  | {
      readonly kind: 'CONFLICT';
      readonly message: string;
      /** Revisions as the API counts them: the number of the entity's recorded changes. */
      readonly expectedRevision?: number;
      readonly currentRevision?: number;
    }
  | { readonly kind: 'RULE_VIOLATION'; readonly rule: Rule; readonly message: string }
  | { readonly kind: 'AS_OF_IN_FUTURE'; readonly message: string }
  | { readonly kind: 'READ_MODEL_BEHIND'; readonly message: string }
  | { readonly kind: 'LIMIT_EXCEEDED'; readonly limit: LimitName; readonly message: string };

/** What is wrong with one part of an input. `path` is a JSON Pointer into the GraphQL arguments: `/input/lines/0/amount`. */
export interface Violation {
  readonly path: string;
  readonly message: string;
}

/** The rules that a command can break; the same names as the enum `Rule` of the API. */
export const RULES = [
  'BUDGET_EXCEEDED',
  'BUDGET_CLOSED',
  'OUTSIDE_FISCAL_YEAR',
  'NOT_CORRECTABLE',
  'NOT_REVERSIBLE',
  'EXPENDITURE_REVERSED',
  'PROGRESS_DECREASE_NEEDS_REASON',
  'TASK_NOT_ACTIVE',
  'TASK_STILL_ACTIVE',
  'STATUS_ORDER',
  'MILESTONE_REACHED',
  'OBSERVED_IN_FUTURE',
  'INDICATOR_RETIRED',
  'KIND_MISMATCH',
  'TARGET_RANGE',
  'EVALUATION_STATE',
] as const;
export type Rule = (typeof RULES)[number];

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const refused = (refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } => ({
  ok: false,
  refusal,
});

export const badInput = (path: string, message: string) =>
  refused({ kind: 'BAD_USER_INPUT', violations: [{ path, message }] });
export const notFound = (message: string) => refused({ kind: 'NOT_FOUND', message });
export const conflict = (message: string) => refused({ kind: 'CONFLICT', message });
export const ruleViolation = (rule: Rule, message: string) => refused({ kind: 'RULE_VIOLATION', rule, message });
