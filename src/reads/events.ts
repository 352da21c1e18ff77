import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { NewEvent, StoredEvent } from '../event-store/envelope';
import { newSalt } from '../event-store/salt';
import { CorruptLedger } from '../kernel/outage';
import { formatInstant, LocalDate, readInstant } from '../kernel/time';
import { ReadLine } from './read';

const TYPE = 'ReadsRecorded';
const SCHEMA_VERSION = 1;
/** The server writes the events itself. */
const ACTOR = { sub: 'mingjian' };

/** Far below what every event store accepts in one append. */
const MOST_CHARACTERS = 200_000;

const Text = z.string();
const Line = z.object({
  sub: Text,
  name: Text.optional(),
  operation: Text,
  entity: Text.optional(),
  position: Text.regex(/^\d{1,20}$/),
  effectiveAt: Text.optional(),
  departments: z.array(Text),
  /** Which of the selections has its fields. */
  selection: z.int().nonnegative(),
  count: z.int().nonnegative(),
  firstAt: Text,
  lastAt: Text,
});
const Data = z.object({ day: Text, selections: z.array(z.array(Text)), reads: z.array(Line).nonempty() });

/** An event of one day's reads. */
export interface ReadsEvent {
  readonly day: LocalDate;
  readonly event: NewEvent;
  readonly lines: readonly ReadLine[];
}

/** The events that record these lines: for each day as few as their size allows. */
export function readsEvents(lines: readonly ReadLine[]): readonly ReadsEvent[] {
  const events: ReadsEvent[] = [];
  let batch: ReadLine[] = [];
  let characters = 0;
  for (const line of lines) {
    if (batch[0] !== undefined && (batch[0].day !== line.day || characters > MOST_CHARACTERS)) {
      events.push(eventOf(batch[0].day, batch));
      batch = [];
      characters = 0;
    }
    batch.push(line);
    characters += charactersOf(line);
  }
  if (batch[0] !== undefined) events.push(eventOf(batch[0].day, batch));
  return events;
}

/** Of the members of a line that have a bounded length. */
const BOUNDED_CHARACTERS = 400;
const charactersOf = ({ sub, name = '', departments, fields }: ReadLine): number =>
  BOUNDED_CHARACTERS + sub.length + name.length + lengthOf(departments) + lengthOf(fields);

function lengthOf(texts: readonly string[]): number {
  let length = 0;
  for (const text of texts) length += text.length;
  return length;
}

function eventOf(day: LocalDate, lines: readonly ReadLine[]): ReadsEvent {
  const selections = new Map<readonly string[], number>();
  const selectionOf = (fields: readonly string[]): number => {
    const known = selections.get(fields) ?? selections.size;
    selections.set(fields, known);
    return known;
  };
  const reads = lines.map(({ moment: { position, effectiveAt }, fields, firstAt, lastAt, ...line }) => ({
    sub: line.sub,
    name: line.name,
    operation: line.operation,
    entity: line.entity,
    position: String(position),
    effectiveAt: effectiveAt === undefined ? undefined : formatInstant(effectiveAt),
    departments: line.departments,
    selection: selectionOf(fields),
    count: line.count,
    firstAt: formatInstant(firstAt),
    lastAt: formatInstant(lastAt),
  }));
  const data = { day, selections: [...selections.keys()], reads };
  const effectiveAt = reads[0]?.firstAt ?? '';
  const metadata = { schemaVersion: SCHEMA_VERSION, effectiveAt, actor: ACTOR, salt: newSalt() };
  return { day, lines, event: { id: randomUUID(), type: TYPE, data, metadata } };
}

/** The lines of an event. Throws `CorruptLedger`. */
export function linesOf({ type, data, position }: StoredEvent): readonly ReadLine[] {
  const parsed = Data.safeParse(data);
  if (type !== TYPE || !parsed.success) {
    throw new CorruptLedger(`The record of reads has a malformed event at position ${String(position)}`);
  }
  const { day, selections, reads } = parsed.data;
  return reads.map(({ position: at, effectiveAt, selection, firstAt, lastAt, ...line }) => ({
    ...line,
    day,
    moment: { position: BigInt(at), ...(effectiveAt === undefined ? {} : { effectiveAt: readInstant(effectiveAt) }) },
    fields: selections[selection] ?? [],
    firstAt: readInstant(firstAt),
    lastAt: readInstant(lastAt),
  }));
}
