import { NewEvent } from '../event-store/envelope';
import { EventTypes } from '../event-store/event-types';
import { StreamNames } from '../event-store/streams';
import { DEFAULT_LIMITS, Limits } from '../kernel/limits';
import { conflict, ok, Refusal, refused, Result } from '../kernel/refusal';
import { Instant, LedgerCalendar } from '../kernel/time';
import { CommandOutcome, CommandRequest, fingerprintOf } from './command-request';
import { newEvents, requireRoom } from './new-events';
import { StreamRecord, StreamRecords } from './stream-records';

export interface JudgingOptions {
  readonly streams: StreamNames;
  readonly types: EventTypes;
  readonly calendar: LedgerCalendar;
  readonly now: () => Instant;
  readonly limits?: Pick<Limits, 'maxAppendBytes'>;
}

/** What becomes of a command that is not refused. */
export type Judgement =
  | { readonly kind: 'accepted'; readonly accepted: AcceptedCommand }
  /** It was recorded before, under its idempotency key. */
  | { readonly kind: 'repeated'; readonly outcome: CommandOutcome };

/** The events of a command, and the stream that they would follow. */
export interface AcceptedCommand {
  readonly stream: string;
  readonly before: StreamRecord;
  readonly events: readonly NewEvent[];
}

/**
 * Judges a command on the newest record of its entity. Refusals, in this order: of `authorize`, CONFLICT (idempotency key,
 * revision), the decider's, then LIMIT_EXCEEDED.
 */
export async function judge<State, Command>(
  { streams, types, calendar, now, limits = DEFAULT_LIMITS }: JudgingOptions,
  records: StreamRecords,
  request: CommandRequest<State, Command>,
): Promise<Result<Judgement>> {
  const { decider, entity, command, idempotencyKey } = request;
  const stream = streams.streamOf(entity);
  const before = await records.read(stream, decider);
  const record = before.record as State | undefined;

  const department = decider.departmentOf(record, command);
  const denied = department === undefined ? undefined : request.authorize(department);
  if (denied) return refused(denied);

  const keyed = idempotencyKey === undefined ? {} : { idempotencyKey, fingerprint: fingerprintOf(request) };
  const earlier = idempotencyKey === undefined ? undefined : before.keys.get(idempotencyKey);
  if (earlier !== undefined) {
    const { fingerprint, ...outcome } = earlier;
    return fingerprint === keyed.fingerprint
      ? ok({ kind: 'repeated', outcome: { ...outcome, isRepeated: true } })
      : conflict(`The idempotency key was used for another command on ${entity.code}`);
  }
  const superseded = otherRevision(request, before);
  if (superseded) return refused(superseded);

  const judgedAt = now();
  const effectiveAt = request.effectiveAt ?? judgedAt;
  const existing = await records.existingOf(decider.references(command).map((name) => streams.streamOf(name)));
  const decision = decider.decide(record, command, {
    effectiveAt,
    now: judgedAt,
    reason: request.reason,
    calendar,
    exists: (reference) => existing.has(streams.streamOf(reference)),
  });
  if (!decision.ok) return decision;

  const events = newEvents(decision.value, request, { stream, types, effectiveAt, keyed });
  const room = requireRoom(events, limits);
  return room.ok ? ok({ kind: 'accepted', accepted: { stream, before, events } }) : room;
}

function otherRevision(
  { entity, expectedRevision }: Pick<CommandRequest<unknown, unknown>, 'entity' | 'expectedRevision'>,
  { revision }: StreamRecord,
): Refusal | undefined {
  const currentRevision = Number(revision) + 1;
  if (expectedRevision === undefined || expectedRevision === currentRevision) return undefined;
  const message = `${entity.code} is at revision ${currentRevision}, not ${expectedRevision}`;
  return { kind: 'CONFLICT', message, expectedRevision, currentRevision };
}
