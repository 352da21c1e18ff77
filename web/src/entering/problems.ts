import { Failure } from '../api/failure';

/** Why an input was refused, by the field that it concerns. */
export interface Problems {
  readonly byField: ReadonlyMap<string, readonly string[]>;
  /** Whether something is wrong that no field of the form shows. */
  readonly isGeneral: boolean;
}

interface Violation {
  readonly path: string;
  readonly message: string;
}

/** The field that each rule is about. Only fields of the form count: the first that it has. */
const RULE_FIELDS: Readonly<Record<string, readonly string[]>> = {
  BUDGET_CLOSED: ['fiscalYear'],
  BUDGET_EXCEEDED: ['amount'],
  OUTSIDE_FISCAL_YEAR: ['correctEffectiveAt', 'effectiveAt'],
  REFUND_NEEDS_REASON: ['reason'],
  REVERSAL_EXCEEDED: ['amount'],
  TASK_NOT_ACTIVE: ['code'],
  STATUS_ORDER: ['effectiveAt'],
  INDICATOR_RETIRED: ['code'],
  OBSERVED_IN_FUTURE: ['observedOn'],
  KIND_MISMATCH: ['value'],
};

/** Puts each problem at its field. `fields` are the fields of the form. */
export function problemsOf({ code, message, extensions }: Failure, fields: readonly string[]): Problems {
  const byField = new Map<string, string[]>();
  const add = (field: string | undefined, text: string): boolean => {
    if (field === undefined || !fields.includes(field)) return false;
    byField.set(field, [...(byField.get(field) ?? []), text]);
    return true;
  };
  if (code === 'BAD_USER_INPUT') {
    const violations = violationsIn(extensions.violations);
    const placed = violations.filter((violation) => add(fieldOf(violation.path), violation.message));
    return { byField, isGeneral: violations.length === 0 || placed.length < violations.length };
  }
  const { rule } = extensions;
  const field = typeof rule === 'string' ? RULE_FIELDS[rule]?.find((name) => fields.includes(name)) : undefined;
  return { byField, isGeneral: !add(field, message) };
}

/** `/input/amount` is about the field `amount`, `/input/evidence/0/uri` about `evidence`. */
function fieldOf(path: string): string | undefined {
  const [, argument, field] = path.split('/');
  return argument === 'input' ? field : undefined;
}

const violationsIn = (value: unknown): readonly Violation[] => (Array.isArray(value) ? value.filter(isViolation) : []);

const isViolation = (value: unknown): value is Violation =>
  typeof value === 'object' && value !== null && 'path' in value && typeof value.path === 'string';
