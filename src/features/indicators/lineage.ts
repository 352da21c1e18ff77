import { ALWAYS, Effect } from '../../audit/effect';
import { effectiveAtOf, StoredEvent } from '../../event-store/envelope';
import { Instant } from '../../kernel/time';
import { Pausing } from '../../reading/lineage';
import { IndicatorEvent, indicatorEventOf } from './events';
import { indicatorFold, IndicatorRecord } from './record';

/**
 * From which effective moment on each change shows. An observation shows from the day that it has after its corrections. A
 * correction shows from the earlier of two days: the day before it and the day after it.
 */
export function* indicatorEffects(events: readonly StoredEvent[]): Pausing<readonly Effect[]> {
  const ofCorrections = new Map<bigint, Instant>();
  let record: IndicatorRecord | undefined;
  for (const stored of events) {
    yield;
    const event = indicatorEventOf(stored);
    const before = record;
    record = indicatorFold.evolve(before, stored);
    if (event.type === 'ObservationCorrected') {
      const days = [before, record].flatMap((known) => dayOf(known, event.data.corrects) ?? []);
      ofCorrections.set(event.position, Math.min(...days));
    }
  }
  const shownFrom = (event: IndicatorEvent): Instant => {
    switch (event.type) {
      case 'IndicatorDefined':
        return ALWAYS;
      case 'ObservationRecorded':
        return dayOf(record, event.id) ?? effectiveAtOf(event);
      case 'ObservationCorrected':
        return ofCorrections.get(event.position) ?? effectiveAtOf(event);
      case 'IndicatorTargetRevised':
      case 'IndicatorRetired':
        return effectiveAtOf(event);
    }
  };
  return events.map((stored) => ({
    position: stored.position,
    from: [shownFrom(indicatorEventOf(stored))],
  }));
}

/** The effective moment of an observation: 00:00 of its day. */
const dayOf = (record: IndicatorRecord | undefined, changeId: string): Instant | undefined =>
  record?.observations.byChange.get(changeId)?.effectiveAt;
