import { JsonObject } from '../kernel/json';
import { CorruptLedger } from '../kernel/outage';
import { StoredEvent, withoutTexts } from './envelope';
import { EventStore } from './event-store';

/** One upcaster for each version except the newest. The first turns data of version 1 into version 2, and so on. */
export interface EventTypeDefinition {
  readonly upcasters: readonly ((data: JsonObject) => JsonObject)[];
  /** The fields of its data that name persons, or in which people write freely of persons. Not every reader may see them. */
  readonly personal: readonly string[];
}

/** Every event type that the ledger may contain. Each feature declares its own; the composition root joins them. */
export type EventTypes = Readonly<Record<string, EventTypeDefinition>>;

/** The definitions of a feature's events. Each of them has to say which fields of its data are personal. */
export type EventTypesOf<Event extends { readonly type: string; readonly data: object }> = {
  readonly [Each in Event as Each['type']]: EventTypeDefinition & {
    readonly personal: readonly (keyof Each['data'] & string)[];
  };
};

/** The version in which new events of the type are written. */
export const currentVersion = (types: EventTypes, type: string): number =>
  definitionOf(types, type).upcasters.length + 1;

/**
 * The store as the rest of the program sees it: every event in the newest version of its type. Old versions are read only here.
 * An unknown type or version is thrown as `CorruptLedger`, never skipped.
 */
export function upcasting(store: EventStore, types: EventTypes): EventStore {
  const upcast = upcaster(types);
  return {
    ...upcastingReads(store, types),
    append: (stream, events, expected) => store.append(stream, events, expected),
    async *subscribe(after, signal) {
      for await (const message of store.subscribe(after, signal)) {
        yield message.kind === 'events' ? { kind: 'events', events: message.events.map(upcast) } : message;
      }
    },
    head: () => store.head(),
    requireWritable: () => store.requireWritable(),
    forget: () => {
      store.forget();
    },
    close: () => store.close(),
  };
}

export type LogReader = Pick<EventStore, 'readAll' | 'readStream'>;

/** `upcasting` for a log that is only read. */
export function upcastingReads(store: LogReader, types: EventTypes): LogReader {
  const upcast = upcaster(types);
  async function* each(events: AsyncIterable<StoredEvent>): AsyncIterable<StoredEvent> {
    for await (const event of events) yield upcast(event);
  }
  return {
    readStream: (stream, fromRevision) => each(store.readStream(stream, fromRevision)),
    readAll: (after) => each(store.readAll(after)),
  };
}

/**
 * Brings an event to the newest version of its type, without the texts that it was stored as. Throws `CorruptLedger` if the type or its
 * version is unknown.
 */
export function upcaster(types: EventTypes): (event: StoredEvent) => StoredEvent {
  return (stored) => {
    const event = withoutTexts(stored);
    const { upcasters } = definitionOf(types, event.type);
    const { schemaVersion } = event.metadata;
    if (schemaVersion === upcasters.length + 1) return event;
    if (!Number.isInteger(schemaVersion) || schemaVersion < 1 || schemaVersion > upcasters.length) {
      throw new CorruptLedger(
        `Event ${event.type} at position ${String(event.position)} has version ${schemaVersion}, which is unknown to this program`,
      );
    }
    const data = upcasters.slice(schemaVersion - 1).reduce((older, step) => step(older), event.data);
    return { ...event, data, metadata: { ...event.metadata, schemaVersion: upcasters.length + 1 } };
  };
}

function definitionOf(types: EventTypes, type: string): EventTypeDefinition {
  const definition = Object.hasOwn(types, type) ? types[type] : undefined;
  if (definition === undefined) throw new CorruptLedger(`Event type ${type} is not known to this program`);
  return definition;
}
