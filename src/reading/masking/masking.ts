import { PseudonymOf } from '../../auth/pseudonym';
import { EventMetadata, StoredEvent } from '../../event-store/envelope';
import { EventTypes } from '../../event-store/event-types';
import { JsonObject } from '../../kernel/json';
import { Change } from '../../read-model/change';

/** Leaves details of persons out of changes. */
export class Masking {
  /** A change that several readers get is masked once. */
  private readonly known = new WeakMap<Change, Change>();

  constructor(
    private readonly types: EventTypes,
    private readonly pseudonymOf: PseudonymOf,
  ) {}

  /** The change without details of persons. What records are folded from is still there. */
  change(change: Change): Change {
    const known = this.known.get(change);
    if (known !== undefined) return known;
    const masked = { ...change, event: this.event(change.event), isMasked: true };
    this.known.set(change, masked);
    return masked;
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
  private metadata({ schemaVersion, effectiveAt, actor, documentNo, commandPart }: EventMetadata): EventMetadata {
    return { schemaVersion, effectiveAt, actor: { sub: this.pseudonymOf(actor.sub) }, documentNo, commandPart };
  }
}

const without = (data: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(data).filter(([name]) => !names.includes(name)));
