import { PseudonymOf } from '../../auth/pseudonym';
import { EventMetadata, StoredEvent } from '../../event-store/envelope';
import { EventTypes } from '../../event-store/event-types';
import { JsonObject } from '../../kernel/json';
import { Change } from '../../read-model/change';
import { DocumentKey, ProjectedChange } from '../../read-model/temporal-store';

/** Leaves details of persons out of the state of one kind of document. */
export type StateMask = (state: unknown, pseudonymOf: PseudonymOf) => unknown;

/** Leaves details of persons out of changes, and of the states that have some. */
export class Masking {
  /** A change that several readers get is masked once. */
  private readonly known = new WeakMap<Change, Change>();

  constructor(
    private readonly types: EventTypes,
    private readonly pseudonymOf: PseudonymOf,
    private readonly states: ReadonlyMap<string, StateMask> = new Map(),
  ) {}

  /** The state of a document without details of persons. Only the kinds of documents that are listed have any. */
  state(key: DocumentKey, state: unknown): unknown {
    const mask = this.states.get(key.slice(0, key.indexOf('/')));
    return mask === undefined || state === null ? state : mask(state, this.pseudonymOf);
  }

  /** The change without details of persons. What records are folded from is still there. */
  change(change: Change): Change {
    const known = this.known.get(change);
    if (known !== undefined) return known;
    const masked = { ...change, event: this.event(change.event), isMasked: true };
    this.known.set(change, masked);
    return masked;
  }

  /** A change that nobody has recorded, and what it would write. */
  pending(pending: ProjectedChange): ProjectedChange {
    const change = this.change(pending.change);
    const documents = pending.documents.map((document) => ({
      ...document,
      state: this.state(document.key, document.state),
    }));
    return { ...pending, change, documents };
  }

  private event(event: StoredEvent): StoredEvent {
    const personal = this.types[event.type]?.personal ?? Object.keys(event.data);
    return {
      ...event,
      data: personal.length === 0 ? event.data : without(event.data, personal),
      metadata: this.metadata(event.metadata),
    };
  }

  /** Only what is listed here: whatever else a client sent, or a later version records, stays out. */
  private metadata(metadata: EventMetadata): EventMetadata {
    const { schemaVersion, effectiveAt, actor, confirmedBy, proposal, documentNo, commandPart } = metadata;
    return {
      schemaVersion,
      effectiveAt,
      actor: this.person(actor),
      confirmedBy: confirmedBy && this.person(confirmedBy),
      proposal,
      documentNo,
      commandPart,
    };
  }

  private person({ sub }: EventMetadata['actor']): EventMetadata['actor'] {
    return { sub: this.pseudonymOf(sub) };
  }
}

/** A list or an object is left empty: whatever reads the data expects one. */
const without = (data: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(
    Object.entries(data).flatMap(([name, value]) => {
      if (!names.includes(name)) return [[name, value]];
      return typeof value === 'object' && value !== null ? [[name, Array.isArray(value) ? [] : {}]] : [];
    }),
  );
