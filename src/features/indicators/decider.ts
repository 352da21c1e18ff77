import { Decider, DecisionContext, DecisionOf } from '../../command-handling/decider';
import { Movement } from '../../command-handling/four-eyes/rules';
import { EntityName } from '../../kernel/codes';
import { compareDecimals } from '../../kernel/decimal';
import { conflict, notFound, ok, Result } from '../../kernel/refusal';
import { formatInstant, LocalDate } from '../../kernel/time';
import {
  IndicatorDefined,
  IndicatorEvent,
  IndicatorTargetRevised,
  ObservationCorrected,
  ObservationRecorded,
} from './events';
import { ObservationFact } from './observations';
import { indicatorFold, IndicatorRecord, revise } from './record';
import { ruleViolation } from './rules';
import { viewIndicator } from './views';

export type IndicatorCommand =
  | { readonly kind: 'define'; readonly definition: IndicatorDefined }
  | ({ readonly code: string } & (
      | { readonly kind: 'revise'; readonly revision: IndicatorTargetRevised }
      | { readonly kind: 'record'; readonly observation: ObservationRecorded }
      | {
          readonly kind: 'correct';
          readonly observation: ObservationName;
          readonly correction: Omit<ObservationCorrected, 'corrects' | 'effectiveAt'>;
        }
      | { readonly kind: 'retire' }
    ));
type Of<Kind extends IndicatorCommand['kind']> = Extract<IndicatorCommand, { readonly kind: Kind }>;

/** An observation, by the id of the change that first recorded it. It may belong to another indicator than the command. */
export interface ObservationName {
  readonly indicator: string;
  readonly change: string;
}

type Decision = DecisionOf<IndicatorEvent>;

/** A correction may make an observation whatever it is: if recording one needs a second person, a correction does too. */
const RESTATEMENT: Movement = {
  as: 'recordObservation',
  by: ['correctObservation'],
  lines: [],
  amount: 0n,
  raises: true,
};

export const indicatorDecider: Decider<IndicatorRecord, IndicatorCommand> = {
  ...indicatorFold,
  departmentOf: (record, command) =>
    command.kind === 'define' ? command.definition.department : record?.founding.department,
  references: (command) => (command.kind === 'define' ? referencesOf(command.definition) : []),
  movementsOf: (_record, { type }) => (type === 'ObservationCorrected' ? [RESTATEMENT] : []),
  decide(record, command, context): Decision {
    if (command.kind === 'define') return define(record, command, context);
    if (record === undefined) return notFound(`There is no indicator ${command.code}`);
    switch (command.kind) {
      case 'revise':
        return reviseTarget(record, command, context);
      case 'record':
        return recordObservation(record, command, context);
      case 'correct':
        return correctObservation(record, command, context);
      case 'retire':
        return retired(record) ?? ok([{ type: 'IndicatorRetired', data: {} }]);
    }
  },
};

const referencesOf = ({ department, task }: IndicatorDefined): readonly EntityName[] => [
  { entityType: 'DEPARTMENT', code: department },
  ...(task === undefined ? [] : [{ entityType: 'TASK' as const, code: task }]),
];

function define(record: IndicatorRecord | undefined, { definition }: Of<'define'>, context: DecisionContext): Decision {
  if (record !== undefined) return conflict(`Indicator ${definition.code} is defined already`);
  const missing = referencesOf(definition).find((reference) => !context.exists(reference));
  if (missing) return notFound(`There is no ${missing.entityType.toLowerCase()} ${missing.code}`);
  return ok([{ type: 'IndicatorDefined', data: definition }]);
}

function reviseTarget(record: IndicatorRecord, { revision }: Of<'revise'>, context: DecisionContext): Decision {
  return (
    retired(record) ??
    targetMismatch(record, revision) ??
    emptyRange(record, revision, context) ??
    ok([{ type: 'IndicatorTargetRevised', data: revision }])
  );
}

function recordObservation(record: IndicatorRecord, { observation }: Of<'record'>, context: DecisionContext): Decision {
  return (
    retired(record) ??
    observationMismatch(record, observation) ??
    inFuture(observation.observedOn, context) ??
    ok([{ type: 'ObservationRecorded', data: observation }])
  );
}

function correctObservation(
  record: IndicatorRecord,
  { observation, correction }: Of<'correct'>,
  context: DecisionContext,
): Decision {
  const named = observationNamed(record, observation);
  if (!named.ok) return named;
  const { changeId, value, text } = named.value;
  const { observedOn } = correction;
  const restated = { value: correction.value ?? value, text: correction.text ?? text };
  const moved = observedOn === undefined ? {} : { effectiveAt: formatInstant(context.calendar.startOf(observedOn)) };
  return (
    observationMismatch(record, restated) ??
    inFuture(observedOn, context) ??
    ok([{ type: 'ObservationCorrected', data: { corrects: changeId, ...correction, ...moved } }])
  );
}

function observationNamed(record: IndicatorRecord, { indicator, change }: ObservationName): Result<ObservationFact> {
  const { code } = record.founding;
  const found = indicator === code ? record.observations.byChange.get(change) : undefined;
  if (found !== undefined) return ok(found);
  if (indicator === code && record.otherChanges.has(change)) {
    return ruleViolation('NOT_CORRECTABLE', 'Only the first recording of an observation can be corrected');
  }
  return notFound(`Indicator ${code} has no such observation`);
}

const retired = ({ founding, retiredAt }: IndicatorRecord): Decision | undefined =>
  retiredAt === undefined
    ? undefined
    : ruleViolation('INDICATOR_RETIRED', `Indicator ${founding.code} is retired and takes corrections only`);

function targetMismatch(
  { founding: { direction } }: IndicatorRecord,
  { target, targetUpper }: IndicatorTargetRevised,
): Decision | undefined {
  if (direction === 'QUALITATIVE' && (target !== undefined || targetUpper !== undefined)) {
    return ruleViolation('KIND_MISMATCH', 'A qualitative indicator has no target');
  }
  if (direction !== 'RANGE' && targetUpper !== undefined) {
    return ruleViolation('KIND_MISMATCH', 'Only a RANGE has an upper target');
  }
  return undefined;
}

/** The position of a revision that is not recorded yet: after all recorded changes. */
const AFTER_ALL = 2n ** 64n;

/** Checks the record with the revision in it. A revision with a later one on the effective clock does not change the newest target. */
function emptyRange(
  record: IndicatorRecord,
  revision: IndicatorTargetRevised,
  { effectiveAt }: DecisionContext,
): Decision | undefined {
  const { target, targetUpper } = viewIndicator(revise(record, revision, { effectiveAt, position: AFTER_ALL }));
  if (target === undefined || targetUpper === undefined || compareDecimals(target, targetUpper) <= 0) return undefined;
  return ruleViolation('TARGET_RANGE', `The range would reach from ${target} to ${targetUpper}`);
}

function observationMismatch(
  { founding: { direction } }: IndicatorRecord,
  { value, text }: Pick<ObservationRecorded, 'value' | 'text'>,
): Decision | undefined {
  if (direction !== 'QUALITATIVE') {
    return value === undefined ? ruleViolation('KIND_MISMATCH', 'This indicator is observed as a value') : undefined;
  }
  return value !== undefined || text === undefined
    ? ruleViolation('KIND_MISMATCH', 'A qualitative indicator is observed as a text, without a value')
    : undefined;
}

const inFuture = (observedOn: LocalDate | undefined, { calendar, now }: DecisionContext): Decision | undefined =>
  observedOn !== undefined && observedOn > calendar.dateOf(now)
    ? ruleViolation('OBSERVED_IN_FUTURE', `${observedOn} has not come yet`)
    : undefined;
