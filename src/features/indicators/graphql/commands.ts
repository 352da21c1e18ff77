import { dateGiven, decimalGiven, given } from '../../../graphql/command-input';
import { decodeId, eventIdNamed } from '../../../reading/ids';
import { IndicatorCommand, ObservationName } from '../decider';
import {
  CorrectObservationInput,
  DefineIndicatorInput,
  RecordObservationInput,
  ReviseIndicatorTargetInput,
} from './inputs';
import './input-checks';

/** Validated inputs as commands. */

export function definition(input: DefineIndicatorInput): IndicatorCommand {
  const { code, department, fiscalYear, name, level1, level2, direction } = input;
  const defined = {
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
  return { kind: 'define', definition: defined };
}

export function revision({ code, target, targetUpper, points }: ReviseIndicatorTargetInput): IndicatorCommand {
  const revised = {
    target: decimalGiven(target),
    targetUpper: decimalGiven(targetUpper),
    points: decimalGiven(points),
  };
  return { kind: 'revise', code, revision: revised };
}

export function observation(input: RecordObservationInput): IndicatorCommand {
  const recorded = {
    observedOn: dateGiven(input.observedOn),
    value: decimalGiven(input.value),
    text: given(input.text),
    qualifier: input.qualifier ?? 'EQ',
    source: given(input.source),
  };
  return { kind: 'record', code: input.code, observation: recorded };
}

export function correction(input: CorrectObservationInput): IndicatorCommand {
  const restated = {
    value: decimalGiven(input.value),
    text: given(input.text),
    qualifier: given(input.qualifier),
    observedOn: dateGiven(input.observedOn),
    withdraw: input.withdraw ?? false,
  };
  return { kind: 'correct', code: input.code, observation: observationNamed(input), correction: restated };
}

/** By the id of an observation, or by the id or the eventId of a change of the indicator; ids from any snapshot. */
export function observationNamed({ observation: id, code }: CorrectObservationInput): ObservationName {
  const named = decodeId(id);
  return named?.type === 'OBSERVATION' && named.part !== undefined
    ? { indicator: named.code, change: named.part }
    : { indicator: code, change: eventIdNamed(id) };
}
