import { ClassType } from 'type-graphql';
import { Violation } from '../kernel/refusal';
import { LedgerCalendar } from '../kernel/time';

/** Yields what no field alone shows to be wrong; paths are relative to the input. */
export type InputCheck<Input> = (input: Input, calendar: LedgerCalendar) => Iterable<Violation>;

const checks = new Map<unknown, InputCheck<never>>();

/**
 * Has a kind of input judged as a whole, together with its fields, so that one answer reports all its violations. A check also
 * sees inputs with wrong fields, and leaves those to the fields.
 */
export function judgeWhole<Input extends object>(type: ClassType<Input>, check: InputCheck<Input>): void {
  checks.set(type, check);
}

export function wholeViolations(input: object, calendar: () => LedgerCalendar): readonly Violation[] {
  const check = checks.get(input.constructor) as InputCheck<object> | undefined;
  return check === undefined ? [] : [...check(input, calendar())];
}
