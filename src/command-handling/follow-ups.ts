import { setTimeout as pause } from 'node:timers/promises';
import { NewEvent, StoredEvent } from '../event-store/envelope';
import { EventStore } from '../event-store/event-store';
import { currentVersion, EventTypes } from '../event-store/event-types';
import { StreamNames } from '../event-store/streams';
import { EntityName } from '../kernel/codes';
import { JsonObject } from '../kernel/json';
import { CorruptLedger, Outage } from '../kernel/outage';
import { MadeFollowUp } from './command-request';
import { Decider, DueFollowUp, FollowUp, FollowUps } from './decider';
import { followUpId } from './event-id';
import { newSalt } from '../event-store/salt';
import { StreamRecord, StreamRecords } from './stream-records';

export interface FollowUpOptions {
  readonly log: Pick<EventStore, 'append' | 'readStream'>;
  readonly streams: StreamNames;
  readonly types: EventTypes;
}

const ATTEMPTS = 20;

/** The event that follows another one. It has the same origin, and does not hold the idempotency key. */
export function followUpEvent(types: EventTypes, followed: Omit<NewEvent, 'data'>, { fact }: FollowUp): NewEvent {
  const { idempotencyKey: _key, fingerprint: _fingerprint, commandPart: _part, ...origin } = followed.metadata;
  return {
    id: followUpId(followed.id),
    type: fact.type,
    data: fact.data as JsonObject,
    metadata: {
      ...origin,
      schemaVersion: currentVersion(types, fact.type),
      $causationId: followed.id,
      salt: newSalt(),
    },
  };
}

/** Appends the follow-ups that are missing. Several writers may do so at once: each follow-up is recorded once. */
export class FollowUpWriter {
  constructor(
    private readonly options: FollowUpOptions,
    private readonly records: StreamRecords,
  ) {}

  /** All follow-ups of the changes in a record, in the order of these changes. */
  async finish<State>(
    decider: Decider<State, never>,
    entity: EntityName,
    { record: read }: StreamRecord,
  ): Promise<readonly MadeFollowUp[]> {
    const { followUps } = decider;
    if (followUps === undefined || read === undefined) return [];
    const record = read as State;
    const made: MadeFollowUp[] = [];
    // An entity may have to follow many changes. Most often all of them are followed already.
    const others = new Map<string, StreamRecord>();
    for (const due of followUps.due(record)) {
      const other = { entityType: entity.entityType, code: due.code };
      const known = others.get(due.code) ?? (await this.records.read(other, decider));
      others.set(due.code, known);
      const position =
        positionIn(followUps, known, due) ?? (await this.made(decider, followUps, { entity, record, due, other }));
      made.push({ entity: other, follows: due.changeId, id: followUpId(due.changeId), position });
    }
    return made;
  }

  private async made<State>(
    decider: Decider<State, never>,
    followUps: FollowUps<State>,
    { entity, record, due, other }: Pending<State>,
  ): Promise<bigint> {
    const { log, streams, types } = this.options;
    const stream = streams.streamOf(other);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const before = await this.records.read(other, decider);
      const position = positionIn(followUps, before, due);
      if (position !== undefined) return position;
      const followed = await this.eventAt(streams.streamOf(entity), due.revision);
      const followUp = followUps.of(record, followed);
      if (followUp === undefined) throw new CorruptLedger(`Nothing has to follow ${due.changeId} of ${entity.code}`);
      const appended = await log.append(stream, [followUpEvent(types, followed, followUp)], before.revision);
      if (appended.kind === 'appended') return appended.position;
      await pause(Math.random() * 2 ** Math.min(attempt, 7));
    }
    throw new Outage(`Too many concurrent commands on ${other.code}`);
  }

  private async eventAt(stream: string, revision: bigint): Promise<StoredEvent> {
    for await (const event of this.options.log.readStream(stream, revision)) return event;
    throw new CorruptLedger(`${stream} has no event of revision ${String(revision)}`);
  }
}

interface Pending<State> {
  readonly entity: EntityName;
  readonly record: State;
  readonly due: DueFollowUp;
  readonly other: EntityName;
}

function positionIn<State>(
  followUps: FollowUps<State>,
  { record }: StreamRecord,
  { changeId, code }: DueFollowUp,
): bigint | undefined {
  if (record === undefined) throw new CorruptLedger(`${changeId} has to be followed in ${code}, which does not exist`);
  return followUps.made(record as State, changeId);
}
