import { List, Map } from 'immutable';
import { Decimal } from '../../kernel/decimal';
import { compareDated, Dated, EffectiveOrder, emptyOrder, withFact } from '../../kernel/effective-order';
import { firstIndex } from '../../kernel/search';
import { LocalDate, readInstant } from '../../kernel/time';
import { ObservationCorrected, ObservationRecorded, ValueQualifier } from './events';

/** One observation as restated by its corrections. It is effective from 00:00 of its day. Its position is that of its first recording. */
export interface ObservationFact extends Dated {
  /** The id of the event that first recorded it. */
  readonly changeId: string;
  readonly observedOn: LocalDate;
  readonly value?: Decimal;
  readonly text?: string;
  readonly qualifier: ValueQualifier;
  readonly source?: string;
  readonly withdrawn: boolean;
  /** The positions of its corrections, in order of recording. */
  readonly corrections: List<bigint>;
}

/** The observations of an indicator. */
export interface Observations {
  /** All of them, by the change that first recorded them. */
  readonly byChange: Map<string, ObservationFact>;
  /** Those that are not withdrawn, by day, then position. */
  readonly standing: EffectiveOrder<ObservationFact>;
}

export const NO_OBSERVATIONS: Observations = { byChange: Map(), standing: emptyOrder() };

/** An observation as it is first recorded. */
export const observe = (
  changeId: string,
  { observedOn, value, text, qualifier, source }: ObservationRecorded,
  { effectiveAt, position }: Dated,
): ObservationFact => ({
  changeId,
  observedOn,
  value,
  text,
  qualifier,
  source,
  withdrawn: false,
  corrections: List(),
  effectiveAt,
  position,
});

export const withObservation = (observations: Observations, added: ObservationFact): Observations => ({
  byChange: observations.byChange.set(added.changeId, added),
  standing: withFact(observations.standing, added),
});

/** The observations as if `before` had been recorded as `after` from the start. */
export const replaceObservation = (
  { byChange, standing }: Observations,
  before: ObservationFact,
  after: ObservationFact,
): Observations => ({
  byChange: byChange.set(after.changeId, after),
  standing: replaceStanding(standing, before, after),
});

/** The observation with the parts that a correction gives. The other parts stay as they are. */
export function restate(fact: ObservationFact, correction: ObservationCorrected, position: bigint): ObservationFact {
  const { value, text, qualifier, observedOn, effectiveAt, withdraw } = correction;
  return {
    ...fact,
    value: value ?? fact.value,
    text: text ?? fact.text,
    qualifier: qualifier ?? fact.qualifier,
    observedOn: observedOn ?? fact.observedOn,
    effectiveAt: effectiveAt === undefined ? fact.effectiveAt : readInstant(effectiveAt),
    withdrawn: withdraw,
    corrections: fact.corrections.push(position),
  };
}

function replaceStanding(
  standing: Observations['standing'],
  before: ObservationFact,
  after: ObservationFact,
): Observations['standing'] {
  if (before.withdrawn) return after.withdrawn ? standing : withFact(standing, after);
  const place = firstIndex(standing.size, (index) => compareDated(standing.get(index) as Dated, before) >= 0);
  // Replaces it at its place: removing and adding in the middle of a list would move everything after it.
  if (!after.withdrawn && compareDated(before, after) === 0) return standing.set(place, after);
  const others = standing.delete(place);
  return after.withdrawn ? others : withFact(others, after);
}
