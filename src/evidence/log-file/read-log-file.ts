import { z } from 'zod';
import { EventMetadata, StoredEvent } from '../../event-store/envelope';
import { IMPORT_POSITION, importStream, LEDGER_IMPORTED } from '../../event-store/ledger-imported';
import { JsonObject } from '../../kernel/json';
import { eventForm, leafOfForm, LogOrder } from '../event-form';
import { NoCanonicalForm } from '../canonical-form';
import { parseCheckpoint } from '../notes/checkpoint';
import { parseNote } from '../notes/signed-note';
import { EMPTY_EDGE, GrowingTree } from '../tree/growing-tree';
import { Hash } from '../tree/hashes';
import { UnsoundEvidence } from '../unsound';
import { EndSchema, HeaderSchema, LineSchema, LogFileEnd, LogHeader } from './log-file';

export interface FileEvent {
  readonly event: StoredEvent;
  readonly order: LogOrder;
  readonly leaf: Hash;
}

export type FilePart =
  | { readonly kind: 'header'; readonly header: LogHeader }
  /** The form of the `LedgerImported` of a log that was itself imported: its first leaf. */
  | { readonly kind: 'first'; readonly form: string }
  | ({ readonly kind: 'event' } & FileEvent)
  | { readonly kind: 'end'; readonly end: LogFileEnd };

/**
 * The parts of a file, each of them checked: the events are in the order of their log, without a gap, and give the root that the file
 * names. Throws `UnsoundEvidence`, which names the line. The last part is the end; a file without it is thrown, too.
 */
export async function* readLogFile(lines: AsyncIterable<string>): AsyncGenerator<FilePart, void> {
  const reader = new Reader();
  let number = 0;
  for await (const line of lines) {
    number += 1;
    yield atLine(number, () => reader.read(line));
  }
  if (!reader.hasEnded) throw new UnsoundEvidence(`The file ends after line ${number}, before its end: it was cut off`);
}

function atLine(number: number, read: () => FilePart): FilePart {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UnsoundEvidence)) throw error;
    throw new UnsoundEvidence(`Line ${number}: ${error.message}`, { cause: error });
  }
}

class Reader {
  hasEnded = false;
  private header: LogHeader | undefined;
  private signed: { readonly treeSize: bigint; readonly rootHash: Hash } | undefined;
  private readonly tree = new GrowingTree(EMPTY_EDGE, () => undefined);
  private readonly revisions = new Map<string, bigint>();
  private last: LogOrder & { readonly position: bigint } = { sequence: 0n, recordedAt: 0, position: 0n };

  read(line: string): FilePart {
    if (this.hasEnded) throw new UnsoundEvidence('there is a line after the end of the file');
    const value = parsed(line);
    if (this.header === undefined) return { kind: 'header', header: this.begin(value) };
    if (EndSchema.safeParse(value).success) return { kind: 'end', end: this.end(value) };
    return this.next(line, value, this.header);
  }

  private begin(value: unknown): LogHeader {
    this.header = shaped(HeaderSchema, value, 'the header of a log');
    const { checkpoint, origin } = this.header;
    if (checkpoint !== undefined) {
      const signed = parseCheckpoint(parseNote(checkpoint).text);
      if (signed.origin !== origin)
        throw new UnsoundEvidence(`the checkpoint is of ${signed.origin}, and not of the log`);
      this.signed = signed;
    }
    return this.header;
  }

  private next(line: string, value: unknown, { streamPrefix }: LogHeader): FilePart {
    const { sequence, recordedAt, data, metadata, ...read } = shaped(LineSchema, value, 'an event');
    const order = { sequence, recordedAt };
    const event: StoredEvent = {
      ...read,
      data: data as JsonObject,
      metadata: metadata as unknown as EventMetadata,
    };
    const form = formOf(event, order);
    if (form !== line) throw new UnsoundEvidence('the event is not in its canonical form');
    const leaf = leafOfForm(form);
    const isFirst = this.tree.size === 0n && event.type === LEDGER_IMPORTED;
    if (isFirst) requireImport(event, order, streamPrefix);
    else this.requireNext(event, order, streamPrefix);
    this.tree.append(leaf);
    if (this.tree.size === this.signed?.treeSize && !this.tree.rootHash.equals(this.signed.rootHash)) {
      throw new UnsoundEvidence(`the first ${this.tree.size} events are not those that the checkpoint signs`);
    }
    return isFirst ? { kind: 'first', form } : { kind: 'event', event, order, leaf };
  }

  private requireNext(event: StoredEvent, { sequence, recordedAt }: LogOrder, prefix: string): void {
    const { stream, position, revision, storedAt, metadata } = event;
    if (sequence !== this.last.sequence + 1n) {
      throw new UnsoundEvidence(
        `event ${sequence} follows event ${this.last.sequence}: one is missing, doubled or moved`,
      );
    }
    if (position <= this.last.position) throw new UnsoundEvidence('the position is not above the one before');
    if (recordedAt !== Math.max(this.last.recordedAt, storedAt)) {
      throw new UnsoundEvidence('recordedAt does not follow from the times of the events');
    }
    const isOfLedger = stream.startsWith(prefix) && stream !== importStream(prefix);
    if (!isOfLedger) throw new UnsoundEvidence(`the stream ${stream} is not one of the ledger`);
    const expected = this.revisions.get(stream) ?? 0n;
    if (revision !== expected) throw new UnsoundEvidence(`the stream ${stream} goes on with revision ${expected}`);
    if (metadata.imported !== undefined) throw new UnsoundEvidence('the event says that it was imported');
    this.revisions.set(stream, expected + 1n);
    this.last = { sequence, recordedAt, position };
  }

  private end(value: unknown): LogFileEnd {
    const { end } = shaped(EndSchema, value, 'the end of a log');
    const { sequence: events, position } = this.last;
    const { size: treeSize, rootHash } = this.tree;
    if (events === 0n) throw new UnsoundEvidence('the file has no events');
    if (end.events !== events || end.treeSize !== treeSize || end.position !== position) {
      throw new UnsoundEvidence(`the file has ${events} events up to position ${position}, and says something else`);
    }
    if (!end.rootHash.equals(rootHash))
      throw new UnsoundEvidence('the events do not give the root that the file names');
    if (treeSize < (this.signed?.treeSize ?? 0n))
      throw new UnsoundEvidence('the checkpoint signs more events than there are');
    this.hasEnded = true;
    return end;
  }
}

/** The first leaf of a log that was itself imported. */
function requireImport({ stream, position }: StoredEvent, { sequence }: LogOrder, prefix: string): void {
  if (stream === importStream(prefix) && position === IMPORT_POSITION && sequence === 0n) return;
  throw new UnsoundEvidence(`${LEDGER_IMPORTED} is not in its place`);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new UnsoundEvidence('it is no JSON: it was cut off, or altered');
  }
}

function shaped<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.output<Schema> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new UnsoundEvidence(`it is not ${what}: /${issue?.path.join('/') ?? ''} ${issue?.message ?? ''}`);
}

function formOf(event: StoredEvent, order: LogOrder): string | undefined {
  try {
    return eventForm(event, order);
  } catch (error) {
    if (error instanceof NoCanonicalForm || error instanceof RangeError) return undefined;
    throw error;
  }
}
