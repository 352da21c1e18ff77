import { Set } from 'immutable';
import { effectiveAtOf } from '../../event-store/envelope';
import { Fold } from '../../event-store/fold';
import { Decimal } from '../../kernel/decimal';
import { Dated, EffectiveOrder, emptyOrder, withFact } from '../../kernel/effective-order';
import { CorruptLedger } from '../../kernel/outage';
import { Instant } from '../../kernel/time';
import { IndicatorDefined, indicatorEventOf, IndicatorTargetRevised } from './events';
import {
  NO_OBSERVATIONS,
  ObservationFact,
  Observations,
  observe,
  replaceObservation,
  restate,
  withObservation,
} from './observations';

/** What is on record of an indicator: its definition, which is true from the beginning, and the facts since. */
export interface IndicatorRecord {
  readonly founding: IndicatorDefined;
  readonly targets: Revisions;
  readonly upperTargets: Revisions;
  readonly points: Revisions;
  readonly retiredAt?: Instant;
  readonly observations: Observations;
  /** The ids of the changes that recorded no observation. */
  readonly otherChanges: Set<string>;
}

/** The revised values of one number. */
export type Revisions = EffectiveOrder<Dated & { readonly value: Decimal }>;

export const indicatorFold: Fold<IndicatorRecord> = {
  entityType: 'INDICATOR',
  evolve(record, stored) {
    const event = indicatorEventOf(stored);
    if (event.type === 'IndicatorDefined') return { ...define(event.data), otherChanges: Set.of(event.id) };
    if (record === undefined) throw new CorruptLedger(`${event.stream} does not begin with a definition`);
    const dated: Dated = { effectiveAt: effectiveAtOf(event), position: event.position };
    switch (event.type) {
      case 'IndicatorTargetRevised':
        return withOtherChange(revise(record, event.data, dated), event.id);
      case 'ObservationRecorded': {
        return { ...record, observations: withObservation(record.observations, observe(event.id, event.data, dated)) };
      }
      case 'ObservationCorrected': {
        const before = observationOf(record, event.data.corrects);
        const restated = restate(before, event.data, event.position);
        const observations = replaceObservation(record.observations, before, restated);
        return withOtherChange({ ...record, observations }, event.id);
      }
      case 'IndicatorRetired':
        return withOtherChange({ ...record, retiredAt: dated.effectiveAt }, event.id);
    }
  },
};

/** The record with a revision at its place on the effective clock. */
export function revise(record: IndicatorRecord, revision: IndicatorTargetRevised, dated: Dated): IndicatorRecord {
  const revised = (facts: Revisions, value: Decimal | undefined): Revisions =>
    value === undefined ? facts : withFact(facts, { effectiveAt: dated.effectiveAt, position: dated.position, value });
  return {
    ...record,
    targets: revised(record.targets, revision.target),
    upperTargets: revised(record.upperTargets, revision.targetUpper),
    points: revised(record.points, revision.points),
  };
}

const define = (founding: IndicatorDefined): Omit<IndicatorRecord, 'otherChanges'> => ({
  founding,
  targets: emptyOrder(),
  upperTargets: emptyOrder(),
  points: emptyOrder(),
  observations: NO_OBSERVATIONS,
});

const withOtherChange = (record: IndicatorRecord, id: string): IndicatorRecord => ({
  ...record,
  otherChanges: record.otherChanges.add(id),
});

function observationOf({ founding, observations }: IndicatorRecord, change: string): ObservationFact {
  const found = observations.byChange.get(change);
  if (found === undefined) throw new CorruptLedger(`Indicator ${founding.code} has no observation ${change}`);
  return found;
}
