import { z } from 'zod';
import { EventMetadata, StoredEvent } from '../../event-store/envelope';
import { JsonObject } from '../../kernel/json';
import { formatInstant } from '../../kernel/time';
import { canonicalPieces } from '../canonical-pieces';
import { LogOrder } from '../event-form';
import { UnsoundEvidence } from '../unsound';
import { readCanonicalFile } from './canonical-file';
import { Question, QuestionSchema } from './question';
import { HashText, InstantText, NumberText } from './texts';

/** docs/protocol/evidence.md says what each part means, and how it is checked. */
export const FORMAT = 'mingjian-evidence/1';

const metadata = z.looseObject({ schemaVersion: z.number(), effectiveAt: z.string() });

/** The form of an event (event-form.ts) without its stream, which is named once for all events of an entity. */
const EventSchema = z.strictObject({
  revision: NumberText,
  id: z.string(),
  type: z.string(),
  data: z.record(z.string(), z.unknown()),
  metadata,
  position: NumberText,
  storedAt: InstantText,
  sequence: NumberText,
  recordedAt: InstantText,
});

const EntitySchema = z.strictObject({
  stream: z.string(),
  /** All changes of the entity up to the size of the tree. */
  events: z.array(EventSchema),
  /** The leaf hash of each event. */
  leaves: z.array(HashText),
  /** The path to the entity in the map of its department. */
  siblings: z.array(HashText).max(256),
});

const MomentEventSchema = z.strictObject({ stream: z.string(), event: EventSchema, leaf: HashText });

const HeadSchema = z.strictObject({ stream: z.string(), changes: NumberText, lastLeaf: HashText });

/** The tree as it was at an earlier checkpoint. */
const EarlierSchema = z.strictObject({ treeSize: NumberText, rootHash: HashText });

const FileSchema = z.strictObject({
  format: z.literal(FORMAT),
  /** Which program made the file. Nothing proves it. */
  software: z.string().max(200),
  question: QuestionSchema,
  answer: z.record(z.string(), z.unknown()),
  /** The signed notes of one size of the tree. */
  checkpoint: z.string().max(65_536),
  headsNote: z.string().max(65_536),
  /** The names of all streams of the ledger begin with it. */
  streamPrefix: z.string().max(200),
  department: z.strictObject({
    /** How many entities it has. */
    entities: NumberText,
    /** The path to the department in the map of the heads. */
    siblings: z.array(HashText).max(256),
  }),
  /** The entities whose fields are in the answer, and their department. */
  entities: z.array(EntitySchema).min(1),
  /** For a question about a department: the entities that the answer has nothing of. */
  otherEntities: z.array(HeadSchema),
  /** Events of other entities that show when the moments of the question were. */
  momentEvents: z.array(MomentEventSchema),
  /** What the tree has besides the leaves of the events (tree-outline.ts). */
  tree: z.strictObject({
    earlier: z.array(EarlierSchema).max(1_000),
    hashes: z.array(HashText),
    /** The first leaf is that of `LedgerImported`: the leaf of an event has the index `sequence`, not `sequence - 1`. */
    imported: z.literal(true).optional(),
  }),
});

/** As it is written. */
export type EvidenceJson = z.input<typeof FileSchema>;
export type EventJson = z.input<typeof EventSchema>;
/** As it is read. */
export type EvidenceFile = Omit<z.output<typeof FileSchema>, 'question'> & { readonly question: Question };
export type EntityEvidence = z.output<typeof EntitySchema>;

/** The text of a file, in pieces: one for each event and each hash. */
export const evidencePieces = (file: EvidenceJson): Iterable<string> => canonicalPieces(file, DEPTH_OF_EVENTS);

/** The file has entities, which have events. */
const DEPTH_OF_EVENTS = 4;

/** Throws `UnsoundEvidence` if the bytes are not an evidence file. */
export function parseEvidence(bytes: Buffer): EvidenceFile {
  const value = readCanonicalFile(bytes);
  const { format } = (value ?? {}) as { readonly format?: unknown };
  if (format !== FORMAT) throw new UnsoundEvidence(`The file is not evidence of the format ${FORMAT}`);
  const parsed = FileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UnsoundEvidence(`The file has a malformed part: /${issue?.path.join('/') ?? ''} ${issue?.message ?? ''}`);
}

/** What is read of a file that this program has just made, event by event: such a file may be long. */
export const madeEvidence = ({ question, entities, ...file }: EvidenceJson) => ({
  ...file,
  question: QuestionSchema.parse(question),
  entities: entities.map(({ stream, events }) => ({ stream, events: parsedEvents(events) })),
});

function* parsedEvents(events: readonly EventJson[]): Generator<z.output<typeof EventSchema>, void, undefined> {
  for (const event of events) yield EventSchema.parse(event);
}

/** An event with its place in the log. */
export interface OrderedEvent {
  readonly event: StoredEvent;
  readonly order: LogOrder;
}

export const eventJson = ({ event, order }: OrderedEvent): EventJson => ({
  revision: String(event.revision),
  id: event.id,
  type: event.type,
  data: event.data,
  metadata: { ...event.metadata },
  position: String(event.position),
  storedAt: formatInstant(event.storedAt),
  sequence: String(order.sequence),
  recordedAt: formatInstant(order.recordedAt),
});

export function orderedEvent(stream: string, read: z.output<typeof EventSchema>): OrderedEvent {
  const { sequence, recordedAt, data, metadata, ...event } = read;
  return {
    event: { ...event, stream, data: data as JsonObject, metadata: metadata as unknown as EventMetadata },
    order: { sequence, recordedAt },
  };
}
