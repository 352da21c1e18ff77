import { LimitName, MAX_VIOLATIONS } from './limits';

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
  | ({ readonly kind: 'NOT_FOUND'; readonly message: string } & OfItem)
  | {
      readonly kind: 'CONFLICT';
      readonly message: string;
      /** Revisions as the API counts them: the number of the entity's recorded changes. */
      readonly expectedRevision?: number;
      readonly currentRevision?: number;
    }
  | ({ readonly kind: 'RULE_VIOLATION'; readonly rule: string; readonly message: string } & Partial<Shortfall> & OfItem)
  | { readonly kind: 'AS_OF_IN_FUTURE'; readonly message: string }
  | { readonly kind: 'READ_MODEL_BEHIND'; readonly message: string }
  | { readonly kind: 'DOCUMENT_NOT_TRUSTED'; readonly message: string }
  | { readonly kind: 'READ_NOT_RECORDED'; readonly message: string }
  | ({ readonly kind: 'LIMIT_EXCEEDED'; readonly limit: LimitName; readonly message: string } & Partial<Excess>);

/** What a command would take that is not there: amounts in yuan. */
export interface Shortfall {
  readonly remaining: string;
  readonly asked: string;
}

/** Which item of a command was refused, from 0; undefined if the command has no items. */
export interface OfItem {
  readonly item?: number;
}

/** What was counted when a limit was exceeded, and what the limit allows. */
export interface Excess {
  readonly spent: number;
  readonly allowed: number;
  /** How many items would have been accepted. */
  readonly fits: number;
}

/** What is wrong with one part of an input. `path` is a JSON Pointer into the GraphQL arguments: `/input/lines/0/amount`. */
export interface Violation {
  readonly path: string;
  readonly message: string;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const refused = (refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } => ({
  ok: false,
  refusal,
});

type BadInput = Extract<Refusal, { readonly kind: 'BAD_USER_INPUT' }>;

/** As many violations as one answer reports, and the number of the others. */
export function reported({ violations, violationsOmitted = 0 }: BadInput): Omit<BadInput, 'kind'> {
  const omitted = violationsOmitted + Math.max(0, violations.length - MAX_VIOLATIONS);
  return { violations: violations.slice(0, MAX_VIOLATIONS), ...(omitted === 0 ? {} : { violationsOmitted: omitted }) };
}

/** What a person reads of a refusal. */
export function messageOf(refusal: Refusal): string {
  if (refusal.kind !== 'BAD_USER_INPUT') return refusal.message;
  const { violations, violationsOmitted } = reported(refusal);
  const shown = violations.map(({ path, message }) => `${path} ${message}`);
  return [...shown, ...(violationsOmitted === undefined ? [] : [`and ${violationsOmitted} more`])].join('; ');
}

/** Carries a refusal up through code that does not hand results on. An entry point answers it as it answers the refusal. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(readonly refusal: Refusal) {
    super(messageOf(refusal));
  }
}

/** The value of a result. Throws its refusal as `Refused`. */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Refused(result.refusal);
  return result.value;
}

export const badInput = (path: string, message: string) =>
  refused({ kind: 'BAD_USER_INPUT', violations: [{ path, message }] });
export const notFound = (message: string) => refused({ kind: 'NOT_FOUND', message });
export const limitExceeded = (limit: LimitName, message: string, excess: Partial<Excess> = {}) =>
  refused({ kind: 'LIMIT_EXCEEDED', limit, message, ...excess });
export const conflict = (message: string) => refused({ kind: 'CONFLICT', message });
export const ruleViolation = (rule: string, message: string, shortfall: Partial<Shortfall> = {}) =>
  refused({ kind: 'RULE_VIOLATION', rule, message, ...shortfall });
/** `ruleViolation` with the rules of one feature. */
export type RuleViolation<Rule extends string> = (
  rule: Rule,
  message: string,
  shortfall?: Partial<Shortfall>,
) => ReturnType<typeof ruleViolation>;
