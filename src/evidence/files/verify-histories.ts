import { eventLeafHash } from '../event-form';
import { Hash } from '../tree/hashes';
import { UnsoundEvidence } from '../unsound';
import { EntityEvidence, EvidenceFile, OrderedEvent, orderedEvent } from './evidence-file';
import { entityName, eventName } from './names';

export interface ShownEvent extends OrderedEvent {
  readonly leaf: Hash;
}

/** The events of one entity, from its first one on. */
export interface History {
  readonly stream: string;
  readonly events: readonly ShownEvent[];
  readonly siblings: readonly Hash[];
}

export interface ShownEvents {
  readonly histories: readonly History[];
  /** Those of the histories and the momentEvents, in log order. */
  readonly all: readonly ShownEvent[];
}

/** Throws `UnsoundEvidence` unless each event has its leaf hash, each history is without a gap, and all are in log order. */
export function shownEvents({ entities, momentEvents, streamPrefix }: EvidenceFile): ShownEvents {
  const streams = new Set<string>();
  const histories = entities.map((entity) => {
    const name = entityName(entity.stream, streamPrefix);
    if (!entity.stream.startsWith(streamPrefix)) throw new UnsoundEvidence(`${name} is not in this ledger`);
    if (streams.has(entity.stream)) throw new UnsoundEvidence(`The history of ${name} is in the file twice`);
    streams.add(entity.stream);
    return historyOf(entity, streamPrefix);
  });
  const atMoments = momentEvents.map(({ stream, event, leaf }) => {
    if (streams.has(stream)) {
      throw new UnsoundEvidence(`An event of ${entityName(stream, streamPrefix)} is outside its history`);
    }
    return withLeaf(orderedEvent(stream, event), leaf, streamPrefix);
  });
  const all = [...histories.flatMap(({ events }) => events), ...atMoments].sort(bySequence);
  requireLogOrder(all, streamPrefix);
  return { histories, all };
}

function historyOf({ stream, events, leaves, siblings }: EntityEvidence, prefix: string): History {
  const name = entityName(stream, prefix);
  if (events.length === 0) throw new UnsoundEvidence(`All events of ${name} were removed from the file`);
  const shown = events.map((read, at) => {
    if (read.revision !== BigInt(at)) {
      throw new UnsoundEvidence(
        `The history of ${name} is not in order: in place ${at + 1} is its event ${read.revision + 1n}. An event was removed, doubled, or moved`,
      );
    }
    const leaf = leaves[at];
    if (leaf === undefined) throw new UnsoundEvidence(`The history of ${name} has more events than leaf hashes`);
    return withLeaf(orderedEvent(stream, read), leaf, prefix);
  });
  if (leaves.length > events.length) {
    throw new UnsoundEvidence(
      `The history of ${name} ends with event ${events.length}, and there are ${leaves.length} leaf hashes: its end was cut off`,
    );
  }
  return { stream, events: shown, siblings };
}

function withLeaf(shown: OrderedEvent, leaf: Hash, prefix: string): ShownEvent {
  if (eventLeafHash(shown.event, shown.order).equals(leaf)) return { ...shown, leaf };
  throw new UnsoundEvidence(`${capital(eventName(shown, prefix))} is not the event on record: its hash is another one`);
}

function requireLogOrder(events: readonly ShownEvent[], prefix: string): void {
  for (const [at, shown] of events.entries()) {
    const before = events[at - 1];
    const { event, order } = shown;
    const isInOrder =
      event.storedAt <= order.recordedAt &&
      (before === undefined
        ? order.sequence > 0n
        : before.order.sequence < order.sequence &&
          before.event.position < event.position &&
          before.order.recordedAt <= order.recordedAt);
    if (!isInOrder) throw new UnsoundEvidence(`${capital(eventName(shown, prefix))} is not at its place in the log`);
  }
}

const bySequence = (left: OrderedEvent, right: OrderedEvent): number =>
  left.order.sequence < right.order.sequence ? -1 : left.order.sequence > right.order.sequence ? 1 : 0;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
