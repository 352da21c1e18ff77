import { Decimal } from '../../kernel/decimal';
import { countInForce, inForce } from '../../kernel/effective-order';
import { Instant, LocalDate } from '../../kernel/time';
import { IndicatorDefined, ValueQualifier } from './events';
import { ObservationFact } from './observations';
import { IndicatorRecord } from './record';

/** The definition with the target and the points in force, and of all observations only the latest. */
export interface IndicatorView extends IndicatorDefined {
  readonly retired: boolean;
  readonly latest?: ObservationView;
}

export interface ObservationView {
  /** The id and the position of the change that first recorded it. */
  readonly changeId: string;
  readonly position: string;
  readonly observedOn: LocalDate;
  readonly value?: Decimal;
  readonly text?: string;
  readonly qualifier: ValueQualifier;
  readonly source?: string;
  readonly corrected: boolean;
}

/** The indicator as of an effective moment, or as on record if no moment is given. */
export function viewIndicator(record: IndicatorRecord, effectiveAt?: Instant): IndicatorView {
  const { founding, targets, upperTargets, points, retiredAt, observations } = record;
  const latest = inForce(observations.standing, effectiveAt);
  // One view is kept for each change. V8 stores an object literal compactly, but a spread object as a hash table of four times the size.
  return {
    code: founding.code,
    department: founding.department,
    fiscalYear: founding.fiscalYear,
    name: founding.name,
    level1: founding.level1,
    level2: founding.level2,
    direction: founding.direction,
    unit: founding.unit,
    baseline: founding.baseline,
    task: founding.task,
    target: inForce(targets, effectiveAt)?.value ?? founding.target,
    targetUpper: inForce(upperTargets, effectiveAt)?.value ?? founding.targetUpper,
    points: inForce(points, effectiveAt)?.value ?? founding.points,
    retired: retiredAt !== undefined && (effectiveAt === undefined || retiredAt <= effectiveAt),
    latest: latest && viewObservation(latest),
  } satisfies Record<keyof IndicatorView, unknown>;
}

/** The observations in force, by day, then by the position of the first recording. */
export function viewObservations(
  { observations: { standing } }: IndicatorRecord,
  effectiveAt?: Instant,
): readonly ObservationView[] {
  return standing.take(countInForce(standing, effectiveAt)).map(viewObservation).toArray();
}

/** The observation that a change first recorded, if it is in force. */
export function viewObservationOf(
  { observations: { byChange } }: IndicatorRecord,
  changeId: string,
  effectiveAt?: Instant,
): ObservationView | undefined {
  const fact = byChange.get(changeId);
  if (fact === undefined || fact.withdrawn) return undefined;
  return effectiveAt === undefined || fact.effectiveAt <= effectiveAt ? viewObservation(fact) : undefined;
}

const viewObservation = (fact: ObservationFact): ObservationView => ({
  changeId: fact.changeId,
  position: fact.position.toString(),
  observedOn: fact.observedOn,
  value: fact.value,
  text: fact.text,
  qualifier: fact.qualifier,
  source: fact.source,
  corrected: !fact.corrections.isEmpty(),
});
