import { JsonObject } from '../kernel/json';
import { Instant, readInstant } from '../kernel/time';

/** An event to append. */
export interface NewEvent<Type extends string = string, Data extends object = JsonObject> {
  /** A UUID, unique within the stream. If the same fact is sent twice, both carry the same id. */
  readonly id: string;
  /** Past tense: `BudgetApproved`. */
  readonly type: Type;
  /** Facts only, nothing derived. Amounts are exact decimal strings in yuan; days and instants are ISO strings. */
  readonly data: Data;
  readonly metadata: EventMetadata;
}

/** An event in the log. */
export interface StoredEvent<Type extends string = string, Data extends object = JsonObject> extends NewEvent<
  Type,
  Data
> {
  readonly stream: string;
  /** From 0 within the stream. */
  readonly revision: bigint;
  readonly position: bigint;
  /** The event store's own time, before any correction. */
  readonly storedAt: Instant;
  /** What `data` and `metadata` were parsed from, if the store keeps texts. Only who compares the event with its leaf needs them. */
  readonly texts?: EventTexts;
  /** In a log that was imported: where the event is from. Only who hashes or compares leaves needs it. */
  readonly inImportedLog?: InImportedLog;
}

/** An event of a log that begins with `LedgerImported`, which is a leaf of the tree, and no change. */
export interface InImportedLog {
  /** In base64: the leaf hash that the event had before the import. undefined for an event that was recorded after it. */
  readonly leafHash?: string;
}

/** The JSON of an event as it is on disk. */
export interface EventTexts {
  readonly data: string;
  readonly metadata: string;
}

/** The event without what is needed only to check it, which would take as much memory as the event. */
export const withoutTexts = ({
  stream,
  revision,
  id,
  type,
  data,
  metadata,
  position,
  storedAt,
}: StoredEvent): StoredEvent => ({ stream, revision, id, type, data, metadata, position, storedAt });

export interface EventMetadata {
  /** The version of the data's format, from 1 (event-types.ts). */
  readonly schemaVersion: number;
  /** RFC 3339 in UTC with milliseconds. */
  readonly effectiveAt: string;
  readonly actor: { readonly sub: string; readonly name?: string };
  /** If the command was proposed: who confirmed it, and the code of the proposal. `actor` is who proposed. */
  readonly confirmedBy?: { readonly sub: string; readonly name?: string };
  readonly proposal?: string;
  readonly reason?: string;
  readonly documentNo?: string;
  readonly evidence?: readonly Evidence[];
  readonly $correlationId?: string;
  readonly $causationId?: string;
  /** The key that the client sent, and a fingerprint of the mutation, actor and input that came with it. */
  readonly idempotencyKey?: string;
  readonly fingerprint?: string;
  /** If a command recorded several events: which one of them it is. They are appended at once, with nothing between them. */
  readonly commandPart?: CommandPart;
  /** Random, so that the hash of the event shows nothing of it. Events of older versions of the program have none. */
  readonly salt?: string;
  /** Only as it is stored in a log that was imported (imported-log.ts): nobody else sees it. */
  readonly imported?: OriginalPlace;
}

/** Where an imported event was in the log that it is from. */
export interface OriginalPlace {
  /** 64-bit numbers as texts. */
  readonly sequence: string;
  readonly position: string;
  /** RFC 3339 in UTC with milliseconds. */
  readonly storedAt: string;
  /** In base64. */
  readonly leafHash: string;
}

export interface CommandPart {
  /** From 1. */
  readonly number: number;
  readonly of: number;
}

export interface Evidence {
  readonly uri: string;
  readonly sha256?: string;
  readonly title?: string;
}

export const effectiveAtOf = (event: { readonly metadata: EventMetadata }): Instant =>
  readInstant(event.metadata.effectiveAt);

/** Whether the event is the last one of its command. */
export const endsCommand = ({ metadata: { commandPart } }: { readonly metadata: EventMetadata }): boolean =>
  commandPart === undefined || commandPart.number === commandPart.of;
