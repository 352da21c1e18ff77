import { appendedBytes } from '../event-store/append-size';
import { EventMetadata, NewEvent } from '../event-store/envelope';
import { currentVersion, EventTypes } from '../event-store/event-types';
import { JsonObject } from '../kernel/json';
import { Limits } from '../kernel/limits';
import { limitExceeded, ok, Result } from '../kernel/refusal';
import { formatInstant, Instant } from '../kernel/time';
import { CommandRequest } from './command-request';
import { NewFact } from './decider';
import { confirmedId, eventId } from './event-id';
import { newSalt } from '../event-store/salt';

export interface NewEventsOptions {
  readonly stream: string;
  readonly types: EventTypes;
  readonly effectiveAt: Instant;
  /** The idempotency key and its fingerprint; empty without a key. */
  readonly keyed: Pick<EventMetadata, 'idempotencyKey' | 'fingerprint'>;
}

type Origin = Pick<
  CommandRequest<unknown, unknown>,
  'actor' | 'confirmation' | 'reason' | 'documentNo' | 'evidence' | 'correlationId' | 'causationId'
>;

/** The events that record the facts of a command. */
export const newEvents = (
  facts: readonly NewFact[],
  request: Origin,
  { stream, types, effectiveAt, keyed }: NewEventsOptions,
): readonly NewEvent[] => {
  // Many facts of a command have the same date.
  const printed = new Map<Instant, string>();
  const print = (at: Instant): string => {
    let text = printed.get(at);
    if (text === undefined) printed.set(at, (text = formatInstant(at)));
    return text;
  };
  const { confirmation } = request;
  const confirmed = confirmation === undefined ? {} : { confirmedBy: confirmation.by, proposal: confirmation.proposal };
  return facts.map(({ type, data, origin = {} }, index) => ({
    id: confirmation === undefined ? eventId(stream, keyed, index) : confirmedId(confirmation.proposal, index),
    type,
    data: data as JsonObject,
    metadata: {
      schemaVersion: currentVersion(types, type),
      effectiveAt: print(origin.effectiveAt ?? effectiveAt),
      actor: request.actor,
      reason: request.reason,
      documentNo: origin.documentNo ?? request.documentNo,
      evidence: origin.evidence ?? request.evidence,
      $correlationId: request.correlationId,
      $causationId: request.causationId,
      ...keyed,
      ...confirmed,
      ...(facts.length === 1 ? {} : { commandPart: { number: index + 1, of: facts.length } }),
      salt: newSalt(),
    },
  }));
};

/** Refuses events that no engine could record at once. */
export function requireRoom(
  events: readonly NewEvent[],
  { maxAppendBytes }: Pick<Limits, 'maxAppendBytes'>,
): Result<void> {
  let bytes = 0;
  for (const [fits, event] of events.entries()) {
    bytes += appendedBytes(event);
    if (bytes <= maxAppendBytes) continue;
    return events.length === 1
      ? limitExceeded('maxAppendBytes', 'That is more than can be recorded at once')
      : limitExceeded('maxAppendBytes', `That is more than can be recorded at once; the first ${fits} items fit`, {
          fits,
        });
  }
  return ok(undefined);
}
