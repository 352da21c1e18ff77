import { momentsOf, Question } from '../evidence/files/question';
import { eventOf, HistoryServices, LeafEvent } from './histories';
import { SignedSize } from './signed-log';

/**
 * The events at the moments of the question and, if a known moment was asked for, after them, as far as the caller may see them. Those
 * that are in the histories are left out.
 */
export async function momentEventsOf(
  services: HistoryServices,
  question: Question,
  signed: SignedSize,
  shown: readonly LeafEvent[],
): Promise<readonly LeafEvent[]> {
  const positions = new Set(shown.map(({ event }) => event.position));
  const momentEvents: LeafEvent[] = [];
  for (const { position, knownAt } of momentsOf(question)) {
    const upTo = knownAt === undefined ? position : signed.position;
    const limit = knownAt === undefined ? 1 : 2;
    for (const change of await services.store.changes({ after: position - 1n, upTo, limit })) {
      if (positions.has(change.event.position)) continue;
      positions.add(change.event.position);
      momentEvents.push(await eventOf(services, change, signed));
    }
  }
  return momentEvents;
}
