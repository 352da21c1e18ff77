import { Map } from 'immutable';
import { LRUCache } from 'lru-cache';
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { v5 as uuidFrom } from 'uuid';
import { EventMetadata, Evidence, NewEvent, StoredEvent } from '../event-store/envelope';
import { EventStore } from '../event-store/event-store';
import { currentVersion, EventTypes } from '../event-store/event-types';
import { Fold } from '../event-store/fold';
import { StreamNames } from '../event-store/streams';
import { KeyedQueue } from '../kernel/async';
import { EntityName } from '../kernel/codes';
import { canonicalJson, JsonObject } from '../kernel/json';
import { Outage } from '../kernel/outage';
import { conflict, ok, Refusal, refused, Result } from '../kernel/refusal';
import { formatInstant, Instant, LedgerCalendar } from '../kernel/time';
import { Decider } from './decider';

/** One command on one entity, with all that is recorded of how it came about. */
export interface CommandRequest<State, Command> {
  readonly decider: Decider<State, Command>;
  readonly entity: EntityName;
  readonly command: Command;
  /** The name of the mutation and its input as sent: what an idempotency key stands for, together with the actor. */
  readonly mutation: string;
  readonly input: unknown;
  readonly idempotencyKey?: string;
  /** As the API counts: the number of the entity's changes on record. */
  readonly expectedRevision?: number;
  /** When the fact is true in the world; left out: now. */
  readonly effectiveAt?: Instant;
  readonly reason?: string;
  readonly documentNo?: string;
  readonly evidence?: readonly Evidence[];
  readonly actor: { readonly sub: string; readonly name?: string };
  readonly correlationId: string;
  readonly causationId?: string;
  /** Asked as soon as the department is known, and before anything about the entity is told. */
  authorize(department: string): Refusal | undefined;
}

/** Where the command's events stand, whether they were recorded just now or by an earlier sending of the same command. */
export interface CommandOutcome {
  /** Of the last of them. */
  readonly id: string;
  readonly position: bigint;
  /** How many of the entity's changes up to `position` the command made. */
  readonly changes: number;
  /** An earlier sending of the same command recorded them: the entity may have changed since. */
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
  /** Of the stream's last event. */
  readonly revision: bigint;
  readonly keys: Map<string, Omit<CommandOutcome, 'isRepeated'> & { readonly fingerprint: string }>;
}

const EMPTY: LoadedStream = { record: undefined, revision: -1n, keys: Map() };
const ATTEMPTS = 20;
const EVENT_IDS = '3f0c7a52-8a0e-4a3e-9c86-5a5b1f4d2e10';

/**
 * Load, decide, append, retry. The state of an entity is kept and only what is newer is read; commands on one entity run one
 * after the other within this process, and across processes the store's expected revision decides, after which the command is
 * judged again on the new record.
 */
export class CommandHandler {
  private entities: LRUCache<string, LoadedStream>;
  private known: LRUCache<string, true>;
  private readonly queue = new KeyedQueue();

  constructor(private readonly options: CommandHandlerOptions) {
    const max = options.cachedEntities ?? 10_000;
    this.entities = new LRUCache({ max });
    this.known = new LRUCache({ max });
  }

  /** Lets go of what was read from the log. What is being read just now is kept nowhere any more. */
  forget(): void {
    const { max } = this.entities;
    this.entities = new LRUCache({ max });
    this.known = new LRUCache({ max });
  }

  async execute<State, Command>(request: CommandRequest<State, Command>): Promise<Result<CommandOutcome>> {
    const stream = this.options.streams.streamOf(request.entity);
    return this.queue.run(stream, async () => {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const outcome = await this.attempt(stream, request);
        if (outcome !== 'superseded') return outcome;
        await pause(Math.random() * 2 ** Math.min(attempt, 7));
      }
      throw new Outage(`${request.entity.code} is written to by too many at once`);
    });
  }

  private async attempt<State, Command>(
    stream: string,
    request: CommandRequest<State, Command>,
  ): Promise<Result<CommandOutcome> | 'superseded'> {
    const { decider, entity, command } = request;
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
    const appended = await this.options.log.append(stream, events, expected);
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

  /** The streams among those of the references that have begun. Nothing is ever deleted, so a yes stays one. */
  private async existing(references: readonly EntityName[]): Promise<ReadonlySet<string>> {
    const { known } = this;
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

const fingerprintOf = ({
  mutation,
  actor,
  input,
}: Pick<CommandRequest<unknown, unknown>, 'mutation' | 'actor' | 'input'>): string =>
  createHash('sha256')
    .update(canonicalJson([mutation, actor.sub, input]))
    .digest('base64url');

/**
 * The same command under the same key has the same ids in whichever process it lands. The fingerprint is part of them:
 * the store must not take another command under the same key for a repetition.
 */
const eventId = (stream: string, sent: { idempotencyKey?: string; fingerprint?: string }, index: number): string =>
  sent.idempotencyKey === undefined
    ? randomUUID()
    : uuidFrom(JSON.stringify([stream, sent.idempotencyKey, sent.fingerprint, index]), EVENT_IDS);
