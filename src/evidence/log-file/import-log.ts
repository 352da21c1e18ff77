import { hash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { appendedBytes } from '../../event-store/append-size';
import { EventMetadata, NewEvent, StoredEvent } from '../../event-store/envelope';
import { EventStore } from '../../event-store/event-store';
import {
  IMPORT_FINISHED,
  importStream,
  IMPORT_VERSION,
  LEDGER_IMPORTED,
  LedgerImported,
} from '../../event-store/ledger-imported';
import { originalEvent } from '../../event-store/original-place';
import { newSalt } from '../../event-store/salt';
import { CorruptLedger, Outage } from '../../kernel/outage';
import { Clock, formatInstant } from '../../kernel/time';
import { uuidOfHash } from '../../kernel/uuid';
import { canonicalForm } from '../canonical-form';
import { verifyImportedLeaves } from '../imported-leaves';
import { UnsoundEvidence } from '../unsound';
import { LogFileEnd, LogHeader } from './log-file';
import { FileEvent, readLogFile } from './read-log-file';

export interface ImportOptions {
  /** The lines of the file, from the first one on. */
  readonly lines: () => AsyncIterable<string>;
  /** As its adapter gives it: an import writes what nobody else may write. */
  readonly store: EventStore;
  readonly prefix: string;
  readonly timeZone: string;
  /** The name of the new ledger in its checkpoints; undefined if it is not signed. */
  readonly origin: string | undefined;
  /** Throws `CorruptLedger` if this program does not know the event. */
  readonly requireKnown: (event: StoredEvent) => void;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onProgress: (step: 'checking' | 'importing' | 'comparing', events: bigint, of: bigint | undefined) => void;
}

export type ImportResult =
  | { readonly kind: 'imported' | 'imported-before'; readonly events: bigint; readonly position: bigint }
  /** By the signal. The same call goes on with the rest. */
  | { readonly kind: 'stopped' };

/** The log has events, and they are not those of a begun import of the same file. Nothing was written. */
export class NotEmpty extends Error {
  override readonly name = 'NotEmpty';

  constructor(what: string) {
    super(
      `The log is not empty: ${what}. A log is imported only into an empty one, or into one where an import of the same file has begun`,
    );
  }
}

/** What one append holds at most. All events of it are of one stream. */
const MOST = { events: 100, bytes: 524_288 } as const;
const MOST_EVENT_BYTES = 1_048_576;

/**
 * Fills an empty log from a file, or goes on with an import of the same file. All of the file is checked before anything is written, and
 * what was written is compared with the root of the old tree before the log counts as imported. Throws `UnsoundEvidence`, `NotEmpty`,
 * `Outage` or `CorruptLedger`.
 */
export async function importLog(options: ImportOptions): Promise<ImportResult> {
  const { store, prefix, signal, clock } = options;
  const whole = await checkedFile(options);
  if (whole === undefined) return { kind: 'stopped' };
  const { events, position } = whole.end;
  const stream = importStream(prefix);
  const begun = await begunImport(store, stream, whole);
  if (begun === 'finished') return { kind: 'imported-before', events, position };
  if (begun === undefined) {
    const data = { ...importedData(whole) };
    const event = importEvent(LEDGER_IMPORTED, data, clock, idOfImport(whole));
    await appended(store, stream, [event], 'no-stream');
    await requireFirst(store, stream);
  }
  if ((await writeEvents(options, whole)) === 'stopped') return { kind: 'stopped' };
  const found = await verifyImportedLeaves(originalEvents(store, stream), importedData(whole), (done) => {
    options.onProgress('comparing', done, events);
  });
  if (found !== undefined)
    throw new CorruptLedger(`What was written is not what the file has: ${found}. Begin again with another empty log`);
  if (signal.aborted) return { kind: 'stopped' };
  await appended(store, stream, [importEvent(IMPORT_FINISHED, {}, clock, randomUUID())], 0n);
  return { kind: 'imported', events, position };
}

interface WholeFile {
  readonly header: LogHeader;
  readonly first: string | undefined;
  readonly end: LogFileEnd;
}

/** Reads all of the file; undefined if it was stopped. */
async function checkedFile(options: ImportOptions): Promise<WholeFile | undefined> {
  let header: LogHeader | undefined;
  let first: string | undefined;
  let end: LogFileEnd | undefined;
  for await (const part of readLogFile(options.lines())) {
    if (options.signal.aborted) return undefined;
    if (part.kind === 'header') requireFitting((header = part.header), options);
    if (part.kind === 'first') first = part.form;
    if (part.kind === 'end') ({ end } = part);
    if (part.kind !== 'event') continue;
    options.requireKnown(part.event);
    if (appendedBytes(importedEvent(part)) > MOST_EVENT_BYTES) {
      throw new UnsoundEvidence(`Event ${part.order.sequence} is too large to carry its original place`);
    }
    options.onProgress('checking', part.order.sequence, undefined);
    if (part.order.sequence % 500n === 0n) await pause(0);
  }
  if (header === undefined || end === undefined) throw new UnsoundEvidence('The file is empty');
  return { header, first, end };
}

function requireFitting({ streamPrefix, timeZone, origin }: LogHeader, options: ImportOptions): void {
  if (streamPrefix !== options.prefix) {
    throw new UnsoundEvidence(`The log of the file has STREAM_PREFIX ${streamPrefix}, and this one ${options.prefix}`);
  }
  if (timeZone !== options.timeZone) {
    throw new UnsoundEvidence(`The ledger of the file has TIME_ZONE ${timeZone}, and this one ${options.timeZone}`);
  }
  if (origin !== undefined && origin === options.origin) {
    throw new UnsoundEvidence(`LEDGER_ORIGIN is that of the old ledger, ${origin}: the new ledger needs another one`);
  }
}

function importedData({ header, first, end }: WholeFile): LedgerImported {
  const { origin, checkpoint, timeZone } = header;
  return {
    ...(origin === undefined ? {} : { origin }),
    treeSize: String(end.treeSize),
    rootHash: end.rootHash.toString('base64'),
    ...(checkpoint === undefined ? {} : { checkpoint }),
    events: String(end.events),
    position: String(end.position),
    timeZone,
    ...(first === undefined ? {} : { first }),
  };
}

/** Of the same file it is the same. */
const idOfImport = ({ end }: WholeFile): string =>
  uuidOfHash(hash('sha256', `LedgerImported ${end.rootHash.toString('hex')}`, 'buffer'), 8);

const importEvent = (type: string, data: NewEvent['data'], clock: Clock, id: string): NewEvent => ({
  id,
  type,
  data,
  metadata: {
    schemaVersion: IMPORT_VERSION,
    effectiveAt: formatInstant(clock.now()),
    actor: { sub: 'mingjian import-log' },
    salt: newSalt(),
  },
});

export const importedEvent = ({ event, order, leaf }: FileEvent): NewEvent => ({
  id: event.id,
  type: event.type,
  data: event.data,
  metadata: {
    ...event.metadata,
    imported: {
      sequence: String(order.sequence),
      position: String(event.position),
      storedAt: formatInstant(event.storedAt),
      leafHash: leaf.toString('base64'),
    },
  } satisfies EventMetadata,
});

/** What the log has of the import; undefined if it is empty. */
async function begunImport(
  store: EventStore,
  stream: string,
  whole: WholeFile,
): Promise<'begun' | 'finished' | undefined> {
  if ((await store.head()) === 0n) return undefined;
  const [first, second] = await collected(store.readStream(stream));
  if (first === undefined) throw new NotEmpty('it has events');
  if (first.id !== idOfImport(whole) || canonicalForm(first.data) !== canonicalForm(importedData(whole))) {
    throw new NotEmpty('another file was imported into it, or the import of another file has begun');
  }
  await requireFirst(store, stream);
  return second === undefined ? 'begun' : 'finished';
}

/** Another program may have written at the same time. */
async function requireFirst(store: EventStore, stream: string): Promise<void> {
  for await (const event of store.readAll(0n)) {
    if (event.stream === stream && event.revision === 0n) return;
    break;
  }
  throw new NotEmpty(
    'something else was written into it when the import began. Begin with another empty log, and see that no server uses it',
  );
}

/** Writes what the log does not have yet. */
async function writeEvents(options: ImportOptions, { end }: WholeFile): Promise<'written' | 'stopped'> {
  const { store, prefix, signal, onProgress } = options;
  const stored = importedEvents(store, importStream(prefix))[Symbol.asyncIterator]();
  let isBehind = true;
  const batch = new Batch(store);
  let wholeAgain: LogFileEnd | undefined;
  for await (const part of readLogFile(options.lines())) {
    if (signal.aborted) return 'stopped';
    if (part.kind === 'end') wholeAgain = part.end;
    if (part.kind !== 'event') continue;
    const next: IteratorResult<StoredEvent, void> | undefined = isBehind ? await stored.next() : undefined;
    isBehind &&= next?.done !== true;
    if (next !== undefined && next.done !== true) requireSame(next.value, part);
    else await batch.add(part);
    onProgress('importing', part.order.sequence, end.events);
  }
  await batch.write();
  if (isBehind && (await stored.next()).done !== true) throw new NotEmpty('it has more events than the file');
  if (wholeAgain?.rootHash.equals(end.rootHash) !== true)
    throw new UnsoundEvidence('The file was changed while it was read');
  return 'written';
}

function requireSame(stored: StoredEvent, part: FileEvent): void {
  const wanted = importedEvent(part);
  const isSame =
    stored.id === wanted.id &&
    stored.type === wanted.type &&
    stored.stream === part.event.stream &&
    stored.revision === part.event.revision &&
    canonicalForm(stored.data) === canonicalForm(wanted.data) &&
    canonicalForm(stored.metadata) === canonicalForm(wanted.metadata);
  if (!isSame)
    throw new NotEmpty(
      `its event at position ${stored.position} of the store is not event ${part.order.sequence} of the file`,
    );
}

/** Events of one stream that follow each other. */
class Batch {
  private stream = '';
  private from = 0n;
  private events: NewEvent[] = [];
  private bytes = 0;

  constructor(private readonly store: EventStore) {}

  async add(part: FileEvent): Promise<void> {
    const { stream, revision } = part.event;
    const event = importedEvent(part);
    const bytes = appendedBytes(event);
    const isFull = this.events.length >= MOST.events || this.bytes + bytes > MOST.bytes;
    if (stream !== this.stream || isFull) await this.write();
    if (this.events.length === 0) [this.stream, this.from] = [stream, revision];
    this.events.push(event);
    this.bytes += bytes;
  }

  async write(): Promise<void> {
    const { store, stream, from, events } = this;
    if (events.length === 0) return;
    this.events = [];
    this.bytes = 0;
    await appended(store, stream, events, from === 0n ? 'no-stream' : from - 1n);
  }
}

async function appended(
  store: EventStore,
  stream: string,
  events: readonly NewEvent[],
  expected: bigint | 'no-stream',
): Promise<void> {
  const result = await store.append(stream, events, expected);
  const revision = (expected === 'no-stream' ? -1n : expected) + BigInt(events.length);
  if (result.kind === 'appended' && result.revision === revision) return;
  throw new Outage(
    `Somebody else writes to stream ${stream}: see that no server and no other import uses the log, and run the command again`,
  );
}

/** All events of the store but those of the import itself. */
async function* importedEvents(store: EventStore, stream: string): AsyncGenerator<StoredEvent, void> {
  for await (const event of store.readAll(0n)) if (event.stream !== stream) yield event;
}

/** The events as they were in the old log. */
async function* originalEvents(store: EventStore, stream: string): AsyncGenerator<StoredEvent, void> {
  let before = 0n;
  for await (const stored of importedEvents(store, stream)) {
    const { event, sequence } = originalEvent(stored);
    if (sequence !== before + 1n) throw new CorruptLedger(`Event ${sequence} of the import follows event ${before}`);
    before = sequence;
    yield event;
  }
}

async function collected(events: AsyncIterable<StoredEvent>): Promise<readonly StoredEvent[]> {
  const all: StoredEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}
