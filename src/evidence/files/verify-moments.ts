import { formatInstant } from '../../kernel/time';
import { UnsoundEvidence } from '../unsound';
import { eventName } from './names';
import { AskedMoment } from './question';
import { ShownEvent } from './verify-histories';

/** A moment of the question, and the events of the file on both sides of it. */
export interface ShownMoment {
  readonly asked: AskedMoment;
  readonly last: ShownEvent;
  /** undefined if the file shows no later event. */
  readonly next: ShownEvent | undefined;
}

/** Throws `UnsoundEvidence` unless the events of the file were recorded on the right sides of the moment. */
export function shownMoment(asked: AskedMoment, events: readonly ShownEvent[], prefix: string): ShownMoment {
  const at = events.findIndex(({ event }) => event.position === asked.position);
  const last = events[at];
  const next = events[at + 1];
  if (last === undefined) {
    throw new UnsoundEvidence(`The file has no event at position ${asked.position}, which the question names`);
  }
  const { knownAt } = asked;
  if (knownAt === undefined) return { asked, last, next };
  if (last.order.recordedAt > knownAt) {
    throw new UnsoundEvidence(
      `The answer knows of ${eventName(last, prefix)}, which was recorded at ${formatInstant(last.order.recordedAt)}, after ${formatInstant(knownAt)}`,
    );
  }
  if (next !== undefined && next.order.recordedAt <= knownAt) {
    throw new UnsoundEvidence(
      `The answer does not know of ${eventName(next, prefix)}, which was recorded at ${formatInstant(next.order.recordedAt)}, not after ${formatInstant(knownAt)}`,
    );
  }
  return { asked, last, next };
}
