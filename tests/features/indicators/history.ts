import { indicatorDecider } from '../../../src/features/indicators/decider';
import {
  IndicatorDefined,
  IndicatorEvent,
  IndicatorTargetRevised,
  ObservationCorrected,
  ObservationRecorded,
} from '../../../src/features/indicators/events';
import { formatInstant } from '../../../src/kernel/time';
import { day, specificationOf, DatedFact } from '../../support/specification';

/** Histories of one indicator, K1. */

const factOf = (type: IndicatorEvent['type'], data: object, on: string): DatedFact => ({ type, data, on });

export const DEFINITION: IndicatorDefined = {
  code: 'K1',
  department: 'D1',
  fiscalYear: 2023,
  name: '热线接通率',
  level1: 'OUTPUT',
  level2: 'QUALITY',
  direction: 'AT_LEAST',
  target: '98',
};

export const QUALITATIVE: IndicatorDefined = { ...DEFINITION, direction: 'QUALITATIVE', target: undefined };
export const RANGE: IndicatorDefined = { ...DEFINITION, direction: 'RANGE', target: '10', targetUpper: '20' };

export const defined = (definition: IndicatorDefined = DEFINITION): DatedFact =>
  factOf('IndicatorDefined', definition, '2023-01-10');
export const revised = (revision: IndicatorTargetRevised, on: string): DatedFact =>
  factOf('IndicatorTargetRevised', revision, on);
export const observed = (
  observedOn: string,
  value: string | undefined,
  others: Partial<ObservationRecorded> = {},
): DatedFact => factOf('ObservationRecorded', { observedOn, value, qualifier: 'EQ', ...others }, observedOn);
/** Names the observation by its place in the history. */
export const corrected = (index: number, correction: Partial<ObservationCorrected>, on = '2023-12-31'): DatedFact => {
  const { observedOn } = correction;
  const moved = observedOn === undefined ? {} : { effectiveAt: formatInstant(day(observedOn)) };
  return factOf('ObservationCorrected', { corrects: `event-${index}`, withdraw: false, ...correction, ...moved }, on);
};
export const retired = (on: string): DatedFact => factOf('IndicatorRetired', {}, on);

export const { recordOf, given } = specificationOf(indicatorDecider, {
  today: '2023-11-02',
  existing: [{ entityType: 'DEPARTMENT', code: 'D1' }],
});
