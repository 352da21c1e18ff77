import { Map } from 'immutable';
import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { EventMetadata, Evidence, NewEvent, StoredEvent } from '../event-store/envelope';
import { EventStore } from '../event-store/event-store';
import { currentVersion, EventTypes } from '../event-store/event-types';
import { Fold } from '../event-store/fold';
import { StreamNames } from '../event-store/streams';
import { KeyedQueue } from '../kernel/async';
import { EntityName } from '../kernel/codes';
import { canonicalJson, JsonObject } from '../kernel/json';
import { Outage, UnansweredWrite } from '../kernel/outage';
import { Patience } from '../kernel/patience';
import { conflict, ok, Refusal, refused, Result } from '../kernel/refusal';
import { formatInstant, Instant, LedgerCalendar } from '../kernel/time';
import { Decider } from './decider';
import { eventId } from './event-id';

/** One command on one entity, with everything that is recorded about its origin. */
export interface CommandRequest<State, Command> {
  readonly decider: Decider<State, Command>;
  readonly entity: EntityName;
  readonly command: Command;
  /** The action's name and its input as the client sent it. With the actor, they are what an idempotency key stands for. */
  readonly action: string;
  readonly input: unknown;
  readonly idempotencyKey?: string;
  /** The number of the entity's recorded changes, as in the API. */
  readonly expectedRevision?: number;
  /** When the fact is true in the world. The default is now. */
  readonly effectiveAt?: Instant;
  readonly reason?: string;
  readonly documentNo?: string;
  readonly evidence?: readonly Evidence[];
  readonly actor: { readonly sub: string; readonly name?: string };
  readonly correlationId: string;
  readonly causationId?: string;
  /** How long the request waits; undefined: as long as it takes. */
  readonly patience?: Patience;
  /** Called as soon as the department is known, before any answer reveals something about the entity. */
  authorize(department: string): Refusal | undefined;
}

/** The position of the command's events, whether they were recorded now or when the same command was sent before. */
export interface CommandOutcome {
  /** The id of the last event. */
  readonly id: string;
  readonly position: bigint;
  /** How many of the entity's changes up to `position` come from this command. */
  readonly changes: number;
  /** The events were recorded when the same command was sent before. The entity may have changed since. */
  readonly isRepeated: boolean;
}

export interface CommandHandlerOptions {
  readonly log: EventStore;
  readonly streams: StreamNames;
  readonly types: EventTypes;
  readonly calendar: LedgerCalendar;
  readonly now: () => Instant;
  readonly cachedEntities?: number;
}

interface LoadedStream {
  readonly record: unknown;
  /** The revision of the stream's last event. */
  readonly revision: bigint;
  readonly keys: Map<string, Omit<CommandOutcome, 'isRepeated'> & { readonly fingerprint: string }>;
}

/** Whether the append of a command is on its way. */
interface Sending {
  sent: boolean;
}

const unanswered = ({ sent }: Sending): Outage =>
  sent ? new UnansweredWrite('The append was not answered in time') : new Outage('Nothing was recorded in time');

const EMPTY: LoadedStream = { record: undefined, revision: -1n, keys: Map() };
const ATTEMPTS = 20;

/**
 * Load, decide, append, retry. The state of an entity is cached, and only newer events are read. In this process, commands on
 * one entity run one after the other. Between processes, the store checks the expected revision; after a conflict the command
 * is decided again on the new record.
 */
export class CommandHandler {
  private entities: LRUCache<string, LoadedStream>;
  private existingStreams: LRUCache<string, true>;
  private readonly queue = new KeyedQueue();

  constructor(private readonly options: CommandHandlerOptions) {
    const max = options.cachedEntities ?? 10_000;
    this.entities = new LRUCache({ max });
    this.existingStreams = new LRUCache({ max });
  }

  /** Discards everything that was read from the log. A read that is under way is not cached either. */
  forget(): void {
    const { max } = this.entities;
    this.entities = new LRUCache({ max });
    this.existingStreams = new LRUCache({ max });
  }

  /**
   * If the request gives up before the append was sent, nothing is recorded. If it gives up later, `UnansweredWrite` is thrown, and
   * the append may still be recorded.
   */
  async execute<State, Command>(request: CommandRequest<State, Command>): Promise<Result<CommandOutcome>> {
    const { patience } = request;
    const sending: Sending = { sent: false };
    const stream = this.options.streams.streamOf(request.entity);
    const outcome = this.queue.run(stream, () => this.attempts(stream, request, sending));
    return patience === undefined ? outcome : patience.bound(outcome, () => unanswered(sending));
  }

  private async attempts<State, Command>(
    stream: string,
    request: CommandRequest<State, Command>,
    sending: Sending,
  ): Promise<Result<CommandOutcome>> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const outcome = await this.attempt(stream, request, sending);
      if (outcome !== 'superseded') return outcome;
      await pause(Math.random() * 2 ** Math.min(attempt, 7));
    }
    throw new Outage(`Too many concurrent commands on ${request.entity.code}`);
  }

  private async attempt<State, Command>(
    stream: string,
    request: CommandRequest<State, Command>,
    sending: Sending,
  ): Promise<Result<CommandOutcome> | 'superseded'> {
    const { decider, entity, command, patience } = request;
    patience?.require();
    const loaded = await this.load(stream, decider);
    const record = loaded.record as State | undefined;

    const department = decider.departmentOf(record, command);
    const denied = department === undefined ? undefined : request.authorize(department);
    if (denied) return refused(denied);

    const { idempotencyKey } = request;
    const sent = idempotencyKey === undefined ? {} : { idempotencyKey, fingerprint: fingerprintOf(request) };
    const earlier = idempotencyKey === undefined ? undefined : loaded.keys.get(idempotencyKey);
    if (earlier !== undefined) {
      if (earlier.fingerprint === sent.fingerprint) {
        const { id, position, changes } = earlier;
        return ok({ id, position, changes, isRepeated: true });
      }
      return conflict(`The idempotency key was used for another command on ${entity.code}`);
    }

    const currentRevision = Number(loaded.revision) + 1;
    const { expectedRevision } = request;
    if (expectedRevision !== undefined && expectedRevision !== currentRevision) {
      const message = `${entity.code} is at revision ${currentRevision}, not ${expectedRevision}`;
      return refused({ kind: 'CONFLICT', message, expectedRevision, currentRevision });
    }

    const now = this.options.now();
    const effectiveAt = request.effectiveAt ?? now;
    const existing = await this.existing(decider.references(command));
    const decision = decider.decide(record, command, {
      effectiveAt,
      now,
      reason: request.reason,
      calendar: this.options.calendar,
      exists: (reference) => existing.has(this.options.streams.streamOf(reference)),
    });
    if (!decision.ok) return decision;

    const events = decision.value.map(({ type, data }, index): NewEvent => {
      const metadata: EventMetadata = {
        schemaVersion: currentVersion(this.options.types, type),
        effectiveAt: formatInstant(effectiveAt),
        actor: request.actor,
        reason: request.reason,
        documentNo: request.documentNo,
        evidence: request.evidence,
        $correlationId: request.correlationId,
        $causationId: request.causationId,
        ...sent,
      };
      return { id: eventId(stream, sent, index), type, data: data as JsonObject, metadata };
    });
    const expected = loaded.revision < 0n ? 'no-stream' : loaded.revision;
    patience?.require();
    sending.sent = true;
    const appended = await this.options.log.append(stream, events, expected);
    sending.sent = false;
    if (appended.kind === 'conflict') return 'superseded';
    const { position } = appended;
    return ok({ id: events.at(-1)?.id ?? '', position, changes: events.length, isRepeated: false });
  }

  private async load<State>(stream: string, fold: Fold<State>): Promise<LoadedStream> {
    const { entities } = this;
    let loaded = entities.get(stream) ?? EMPTY;
    for await (const event of this.options.log.readStream(stream, loaded.revision + 1n)) {
      loaded = {
        record: fold.evolve(loaded.record as State | undefined, event),
        revision: event.revision,
        keys: withKey(loaded.keys, event),
      };
    }
    if (loaded !== EMPTY) entities.set(stream, loaded);
    return loaded;
  }

  /** The streams of those references that exist. Nothing is ever deleted, so a stream that exists is cached. */
  private async existing(references: readonly EntityName[]): Promise<ReadonlySet<string>> {
    const { existingStreams: known } = this;
    const found = new Set<string>();
    for (const reference of references) {
      const stream = this.options.streams.streamOf(reference);
      if (known.has(stream) || (await this.hasBegun(stream))) {
        known.set(stream, true);
        found.add(stream);
      }
    }
    return found;
  }

  private async hasBegun(stream: string): Promise<boolean> {
    for await (const _event of this.options.log.readStream(stream)) return true;
    return false;
  }
}

function withKey(keys: LoadedStream['keys'], { id, metadata, position }: StoredEvent): LoadedStream['keys'] {
  const { idempotencyKey, fingerprint } = metadata;
  if (idempotencyKey === undefined || fingerprint === undefined) return keys;
  const changes = (keys.get(idempotencyKey)?.changes ?? 0) + 1;
  return keys.set(idempotencyKey, { id, fingerprint, position, changes });
}

/** What an idempotency key stands for. */
export const fingerprintOf = (request: Pick<CommandRequest<unknown, unknown>, 'action' | 'actor' | 'input'>): string =>
  createHash('sha256')
    .update(canonicalJson([request.action, request.actor.sub, request.input]))
    .digest('base64url');
