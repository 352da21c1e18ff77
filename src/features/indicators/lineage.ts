import { ALWAYS, Effect } from '../../audit/effect';
import { effectiveAtOf, StoredEvent } from '../../event-store/envelope';
import { Instant } from '../../kernel/time';
import { IndicatorEvent } from './events';
import { indicatorFold, IndicatorRecord } from './record';

/** Since when each change shows: an observation from the day that it has now, a correction from the earlier of the two days that it is about. */
export function indicatorEffects(events: readonly StoredEvent[]): readonly Effect[] {
  const ofCorrections = new Map<bigint, Instant>();
  let record: IndicatorRecord | undefined;
  for (const stored of events) {
    const event = stored as unknown as IndicatorEvent;
    const before = record;
    record = indicatorFold.evolve(before, stored);
    if (event.type !== 'ObservationCorrected') continue;
    const dates = [before, record].flatMap(
      (known) => known?.observations.byChange.get(event.data.corrects)?.effectiveAt ?? [],
    );
    ofCorrections.set(event.position, Math.min(...dates));
  }
  return events.map((stored): Effect => {
    const { position } = stored;
    const shownFrom =
      stored.revision === 0n
        ? ALWAYS
        : (ofCorrections.get(position) ??
          record?.observations.byChange.get(stored.id)?.effectiveAt ??
          effectiveAtOf(stored));
    return { position, from: [shownFrom] };
  });
}
