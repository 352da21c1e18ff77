import { NewEvent } from '../event-store/envelope';
import { EventTypes } from '../event-store/event-types';
import { StreamNames } from '../event-store/streams';
import { DEFAULT_LIMITS, Limits } from '../kernel/limits';
import { conflict, ok, Refusal, refused, Result } from '../kernel/refusal';
import { Instant, LedgerCalendar } from '../kernel/time';
import { longWork } from '../kernel/turns';
import { AcceptedCommand, AcceptedFollowUp } from './accepted-command';
import { CommandOutcome, CommandRequest, fingerprintOf, usedOtherwise } from './command-request';
import { Decider } from './decider';
import { followUpEvent } from './follow-ups';
import { FourEyes } from './four-eyes/four-eyes';
import { newEvents, requireRoom } from './new-events';
import { StreamRecord, StreamRecords } from './stream-records';

export interface JudgingOptions {
  readonly streams: StreamNames;
  readonly types: EventTypes;
  readonly calendar: LedgerCalendar;
  readonly now: () => Instant;
  readonly limits?: Pick<Limits, 'maxAppendBytes'>;
  /** Left out if no command needs a second person. */
  readonly fourEyes?: FourEyes;
}

/** To decide this many facts, to make their events, or to count their bytes takes about a millisecond each. */
const FACTS_IN_A_TURN = 200;

/** What becomes of a command that is not refused. */
export type Judgement =
  | { readonly kind: 'accepted'; readonly accepted: AcceptedCommand }
  /** It was recorded before, under its idempotency key. */
  | { readonly kind: 'repeated'; readonly outcome: CommandOutcome };

/**
 * Judges a command on `before`, the newest record of its entity. Refusals, in this order: of `authorize`, CONFLICT (idempotency
 * key, revision), of `prepare`, the decider's, CONFLICT if an entity that the caller may not see has the code, then LIMIT_EXCEEDED.
 */
export async function judge<State, Command>(
  { streams, types, calendar, now, limits = DEFAULT_LIMITS, fourEyes }: JudgingOptions,
  records: Pick<StreamRecords, 'read' | 'existingIn'>,
  request: CommandRequest<State, Command>,
  before: StreamRecord,
): Promise<Result<Judgement>> {
  const { decider, entity, idempotencyKey } = request;
  const stream = streams.streamOf(entity);
  const record = before.record as State | undefined;

  const department = decider.departmentOf(record, request.command);
  const denied = department === undefined ? undefined : request.authorize(department, record);
  if (denied) return refused(denied);

  const keyed = idempotencyKey === undefined ? {} : { idempotencyKey, fingerprint: fingerprintOf(request) };
  const earlier = idempotencyKey === undefined ? undefined : before.keys.get(idempotencyKey);
  if (earlier !== undefined) {
    const { fingerprint, ...outcome } = earlier;
    return fingerprint === keyed.fingerprint
      ? ok({ kind: 'repeated', outcome: { ...outcome, isRepeated: true } })
      : usedOtherwise(entity);
  }
  const superseded = otherRevision(request, before);
  if (superseded) return refused(superseded);

  const judgedAt = now();
  const effectiveAt = request.effectiveAt ?? judgedAt;
  const prepared = request.prepare === undefined ? ok(request.command) : await request.prepare(record, effectiveAt);
  if (!prepared.ok) return prepared;
  const command = prepared.value;
  const others = new Map<string, StreamRecord>();
  for (const code of decider.consulted?.(record, command) ?? []) {
    others.set(code, await records.read({ ...entity, code }, decider));
  }
  const existing = await records.existingIn(department, decider.references(command));
  const decision = decider.decide(record, command, {
    effectiveAt,
    now: judgedAt,
    reason: request.reason,
    actor: request.actor.sub,
    confirmer: request.confirmation?.by.sub,
    calendar,
    exists: (reference) => existing.has(streams.streamOf(reference)),
    recordOf: (code) => others.get(code)?.record as State | undefined,
  });
  if (!decision.ok) return decision;
  // Nobody was asked whether the caller may do it.
  if (department === undefined) throw new Error(`${request.action} of ${entity.code} was accepted for no department`);
  // The code is taken. The answer does not say by what.
  if (before.isHidden) return conflict(`${entity.code} is in use already`);

  const isLong = decision.value.length > FACTS_IN_A_TURN;
  if (isLong) await longWork.next();
  const events = newEvents(decision.value, request, { stream, types, effectiveAt, keyed });
  const followUps = followUpsOf(decider, { types, record, events }).map(({ code, event }): AcceptedFollowUp => {
    const other = { ...entity, code };
    const beforeIt = others.get(code);
    if (beforeIt === undefined) throw new Error(`${code} was not consulted, but ${event.type} has to follow in it`);
    return { entity: other, stream: streams.streamOf(other), before: beforeIt, events: [event] };
  });
  if (isLong) await longWork.next();
  for (const appended of [events, ...followUps.map((followUp) => followUp.events)]) {
    const room = requireRoom(appended, limits);
    if (!room.ok) return room;
  }
  const needsSecondPerson =
    request.confirmation === undefined &&
    fourEyes?.needsSecondPerson({
      action: request.action,
      actor: request.actor.sub,
      decider,
      record,
      events,
      totals: before.dayTotals,
      now: judgedAt,
    }) === true;
  return ok({
    kind: 'accepted',
    accepted: { stream, before, events, followUps, judgedAt, effectiveAt, needsSecondPerson },
  });
}

/** What has to follow the events of a command. */
function followUpsOf<State>(
  { followUps }: Pick<Decider<State, never>, 'followUps'>,
  { types, record, events }: { types: EventTypes; record: State | undefined; events: readonly NewEvent[] },
): readonly { readonly code: string; readonly event: NewEvent }[] {
  // The first event of an entity refers to nothing, and nothing follows it.
  if (followUps === undefined || record === undefined) return [];
  return events.flatMap((event) => {
    const followUp = followUps.of(record, event);
    return followUp === undefined ? [] : [{ code: followUp.code, event: followUpEvent(types, event, followUp) }];
  });
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
