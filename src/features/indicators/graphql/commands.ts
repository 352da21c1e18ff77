import { dateGiven, decimalGiven, factTime, given } from '../../../graphql/command-input';
import { decodeId, eventIdNamed } from '../../../graphql/ids';
import { compareDecimals, Decimal } from '../../../kernel/decimal';
import { badInput, ok, refused, Result, Violation } from '../../../kernel/refusal';
import { LedgerCalendar } from '../../../kernel/time';
import { IndicatorCommand, ObservationName } from '../decider';
import { IndicatorDefined } from '../events';
import {
  CorrectObservationInput,
  DefineIndicatorInput,
  RecordObservationInput,
  ReviseIndicatorTargetInput,
} from './inputs';

/** Validated inputs as commands; what is wrong with the input alone and needs more than one field to see is refused here. */

type Parsed = Result<IndicatorCommand>;

export function definition(input: DefineIndicatorInput): Parsed {
  const { code, department, fiscalYear, name, level1, level2, direction } = input;
  const defined: IndicatorDefined = {
    code,
    department,
    fiscalYear,
    name,
    level1,
    level2,
    direction,
    unit: given(input.unit),
    baseline: decimalGiven(input.baseline),
    target: decimalGiven(input.target),
    targetUpper: decimalGiven(input.targetUpper),
    points: decimalGiven(input.points),
    task: given(input.task),
  };
  const violations = targetViolations(defined);
  if (violations.length > 0) return refused({ kind: 'BAD_USER_INPUT', violations });
  return ok({ kind: 'define', definition: defined });
}

function targetViolations({ direction, target, targetUpper }: IndicatorDefined): readonly Violation[] {
  const needed = 'is required: a RANGE has two ends';
  const violations: Violation[] = [];
  if (direction === 'RANGE') {
    if (target === undefined) violations.push({ path: '/input/target', message: needed });
    if (targetUpper === undefined) violations.push({ path: '/input/targetUpper', message: needed });
    if (isEmptyRange(target, targetUpper)) violations.push({ path: '/input/targetUpper', message: BELOW_TARGET });
    return violations;
  }
  if (direction === 'QUALITATIVE' && target !== undefined) {
    violations.push({ path: '/input/target', message: 'must be left out: a QUALITATIVE indicator has no target' });
  }
  if (targetUpper !== undefined) {
    violations.push({ path: '/input/targetUpper', message: 'must be left out: only a RANGE has an upper end' });
  }
  return violations;
}

export function revision(input: ReviseIndicatorTargetInput): Parsed {
  const target = decimalGiven(input.target);
  const targetUpper = decimalGiven(input.targetUpper);
  const points = decimalGiven(input.points);
  if (target === undefined && targetUpper === undefined && points === undefined) {
    return badInput('/input', 'must give a target, an upper target, or points');
  }
  if (isEmptyRange(target, targetUpper)) return badInput('/input/targetUpper', BELOW_TARGET);
  return ok({ kind: 'revise', code: input.code, revision: { target, targetUpper, points } });
}

export function observation(input: RecordObservationInput, calendar: LedgerCalendar): Parsed {
  const { code } = input;
  const observedOn = dateGiven(input.observedOn);
  const value = decimalGiven(input.value);
  const text = given(input.text);
  if (value === undefined && text === undefined) return badInput('/input', 'must give a value or a text');
  const effectiveAt = factTime(input.effectiveAt, calendar);
  if (effectiveAt !== undefined && effectiveAt !== calendar.startOf(observedOn)) {
    return badInput('/input/effectiveAt', 'must be 00:00 of observedOn, or left out');
  }
  const recorded = { observedOn, value, text, qualifier: input.qualifier ?? 'EQ', source: given(input.source) };
  return ok({ kind: 'record', code, observation: recorded });
}

export function correction(input: CorrectObservationInput): Parsed {
  const { code } = input;
  const restated = {
    value: decimalGiven(input.value),
    text: given(input.text),
    qualifier: given(input.qualifier),
    observedOn: dateGiven(input.observedOn),
  };
  const withdraw = input.withdraw ?? false;
  const restates = Object.values(restated).some((part) => part !== undefined);
  if (!withdraw && !restates) return badInput('/input', 'must give what is right, or withdraw');
  if (withdraw && restates) return badInput('/input/withdraw', 'excludes the other parts of a correction');
  return ok({ kind: 'correct', code, observation: observationNamed(input), correction: { ...restated, withdraw } });
}

/** By the id of an observation, or by the id or the eventId of a change of the indicator; ids from any snapshot. */
export function observationNamed({ observation: id, code }: CorrectObservationInput): ObservationName {
  const named = decodeId(id);
  return named?.type === 'OBSERVATION' && named.part !== undefined
    ? { indicator: named.code, change: named.part }
    : { indicator: code, change: eventIdNamed(id) };
}

const BELOW_TARGET = 'must not be less than target';

const isEmptyRange = (target: Decimal | undefined, targetUpper: Decimal | undefined): boolean =>
  target !== undefined && targetUpper !== undefined && compareDecimals(target, targetUpper) > 0;
