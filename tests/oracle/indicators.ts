import {
  IndicatorDefined,
  IndicatorTargetRevised,
  ObservationCorrected,
  ObservationRecorded,
} from '../../src/features/indicators/events';
import { RECORDED_FIELDS, placeOf, recordedOf } from './changes';
import { byEffectiveDate, inForce, lastInForce, LoggedEvent } from './log';
import { compareNumbers, rate } from './numbers';
import { startOfDay } from './time';

const OBSERVATION_FIELDS = `
  observedOn value text qualifier source corrected change { eventId position } corrections { eventId position }`;

export const INDICATOR_FIELDS = `
  code department { code name } fiscalYear task { code } name level1 level2 direction unit
  baseline target targetUpper points completionRate reached retired
  latest { ${OBSERVATION_FIELDS} } observations { ${OBSERVATION_FIELDS} }
  ${RECORDED_FIELDS}`;

export function indicatorOf(
  code: string,
  known: readonly LoggedEvent[],
  effectiveAt: number | undefined,
  department: { readonly code: string; readonly name: string } | null,
) {
  const own = known.filter((event) => event.category === 'indicator' && event.code === code);
  const [defined] = own;
  if (defined === undefined) return null;
  const definition = defined.data as unknown as IndicatorDefined;

  // Each part separately: a revision that leaves one out does not change it. "The first target" is founding.
  const revisions = own.filter(({ type }) => type === 'IndicatorTargetRevised');
  const revised = (part: 'target' | 'targetUpper' | 'points'): string | null => {
    const saying = revisions.filter(({ data }) => (data as unknown as IndicatorTargetRevised)[part] !== undefined);
    const last = lastInForce(saying, effectiveAt)?.data as IndicatorTargetRevised | undefined;
    return last?.[part] ?? definition[part] ?? null;
  };
  const target = revised('target');
  const targetUpper = revised('targetUpper');

  const observations = inForce(observationsOf(own), effectiveAt)
    .filter(({ withdrawn }) => !withdrawn)
    .sort(byEffectiveDate);
  const latest = observations.at(-1);
  const retirements = own.filter(({ type }) => type === 'IndicatorRetired');

  return {
    code,
    department: department && { code: department.code, name: department.name },
    fiscalYear: definition.fiscalYear,
    task: definition.task === undefined ? null : { code: definition.task },
    name: definition.name,
    level1: definition.level1,
    level2: definition.level2,
    direction: definition.direction,
    unit: definition.unit ?? null,
    baseline: definition.baseline ?? null,
    target,
    targetUpper,
    points: revised('points'),
    completionRate: completionRateOf(definition.direction, target, targetUpper, latest?.value),
    reached: latest === undefined ? null : reachedBy(definition.direction, target, targetUpper, latest),
    retired: inForce(retirements, effectiveAt).length > 0,
    latest: latest === undefined ? null : shown(latest),
    observations: observations.map(shown),
    ...recordedOf(own),
  };
}

/** One observation after all known corrections. */
interface Observation {
  readonly event: LoggedEvent;
  readonly position: bigint;
  observedOn: string;
  /** "In force from its observedOn." */
  effectiveAt: number;
  value?: string;
  text?: string;
  qualifier: string;
  readonly source?: string;
  withdrawn: boolean;
  readonly corrections: LoggedEvent[];
}

function observationsOf(own: readonly LoggedEvent[]): Observation[] {
  const observations: Observation[] = [];
  for (const event of own) {
    if (event.type === 'ObservationRecorded') {
      const data = event.data as unknown as ObservationRecorded;
      const effectiveAt = startOfDay(data.observedOn);
      const { position } = event;
      observations.push({ ...data, event, position, effectiveAt, withdrawn: false, corrections: [] });
    } else if (event.type === 'ObservationCorrected') {
      const { corrects, observedOn, value, text, qualifier, withdraw } = event.data as unknown as ObservationCorrected;
      const observation = observations.find(({ event: { id } }) => id === corrects);
      if (observation === undefined) throw new Error(`Correction ${event.id} names no observation`);
      if (observedOn !== undefined) observation.observedOn = observedOn;
      observation.effectiveAt = startOfDay(observation.observedOn);
      observation.value = value ?? observation.value;
      observation.text = text ?? observation.text;
      observation.qualifier = qualifier ?? observation.qualifier;
      observation.withdrawn = withdraw;
      observation.corrections.push(event);
    }
  }
  return observations;
}

const shown = ({ event, corrections, ...observation }: Observation) => ({
  observedOn: observation.observedOn,
  value: observation.value ?? null,
  text: observation.text ?? null,
  qualifier: observation.qualifier,
  source: observation.source ?? null,
  corrected: corrections.length > 0,
  change: placeOf(event),
  corrections: corrections.map(placeOf),
});

/**
 * "Not capped. AT_LEAST value / target, AT_MOST target / value, EQUAL and RANGE 100 inside, else 0; null: QUALITATIVE, no
 * observation, a target that is missing or not above 0, a value below 0, divisor 0. For the first two directions". EQUAL and RANGE
 * divide nothing, so their numbers may have any sign. A range without one of its ends is no target.
 */
function completionRateOf(
  direction: IndicatorDefined['direction'],
  target: string | null,
  targetUpper: string | null,
  value: string | undefined,
): string | null {
  if (target === null || value === undefined) return null;
  const isRatio = compareNumbers(target, '0') > 0 && compareNumbers(value, '0') >= 0;
  switch (direction) {
    case 'AT_LEAST':
      return isRatio ? rate(value, target) : null;
    case 'AT_MOST':
      return isRatio ? rate(target, value) : null;
    case 'EQUAL':
      return compareNumbers(value, target) === 0 ? '100.00' : '0.00';
    case 'RANGE':
      if (targetUpper === null) return null;
      return compareNumbers(target, value) <= 0 && compareNumbers(value, targetUpper) <= 0 ? '100.00' : '0.00';
    case 'QUALITATIVE':
      return null;
  }
}

/**
 * "true if every number that the qualifier allows meets the direction, false if none does, else null". Asked of numbers around the
 * bounds: whether a number is allowed, and whether it meets the direction, changes at the bounds only.
 */
function reachedBy(
  direction: IndicatorDefined['direction'],
  target: string | null,
  targetUpper: string | null,
  { value, qualifier }: Observation,
): boolean | null {
  if (direction === 'QUALITATIVE' || target === null || value === undefined) return null;
  if (direction === 'RANGE' && targetUpper === null) return null;
  const met = numbersAround([value, target, ...(targetUpper === null ? [] : [targetUpper])])
    .filter((number) => isAllowed(number, qualifier, value))
    .map((number) => meets(number, direction, target, targetUpper ?? target));
  return met.every(Boolean) ? true : met.some(Boolean) ? null : false;
}

/** Each bound, and the numbers just below and just above it. The ledger's numbers have 10 decimals, these have one more. */
function numbersAround(bounds: readonly string[]): readonly string[] {
  return bounds.flatMap((bound) => {
    const [whole = '', fraction = ''] = bound.split('.');
    const count = BigInt(whole + fraction.padEnd(11, '0'));
    return [count - 1n, count, count + 1n].map((scaled) => {
      const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(12, '0');
      return `${scaled < 0n ? '-' : ''}${digits.slice(0, -11)}.${digits.slice(-11)}`;
    });
  });
}

function isAllowed(number: string, qualifier: string, value: string): boolean {
  const order = compareNumbers(number, value);
  const allowed: Readonly<Record<string, boolean>> = {
    EQ: order === 0,
    APPROX: order === 0,
    GT: order > 0,
    GE: order >= 0,
    LT: order < 0,
    LE: order <= 0,
  };
  return allowed[qualifier]!;
}

function meets(number: string, direction: string, target: string, targetUpper: string): boolean {
  const [lower, upper] = [compareNumbers(number, target), compareNumbers(number, targetUpper)];
  if (direction === 'AT_LEAST') return lower >= 0;
  if (direction === 'AT_MOST') return lower <= 0;
  return direction === 'EQUAL' ? lower === 0 : lower >= 0 && upper <= 0;
}
