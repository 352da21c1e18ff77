import { Awaitable } from '../kernel/async';
import { CorruptLedger } from '../kernel/outage';
import { NewEvent, StoredEvent } from './envelope';
import { AppendResult, EventStore, ExpectedRevision, LogMessage } from './event-store';
import { IMPORT_FINISHED, IMPORT_POSITION, importStream, LedgerImported, readLedgerImported } from './ledger-imported';
import { Landmarks } from './landmarks';
import { originalEvent } from './original-place';
import { UnfinishedImport } from './unfinished-import';

export type ReadLog = Pick<EventStore, 'readAll' | 'readStream' | 'head' | 'close'>;

/** The log that the leaves of the tree are made of: `LedgerImported`, if there is one, and the events. */
export type LogOfLeaves = Pick<EventStore, 'readAll' | 'subscribe'>;

/** A finished import, by positions of the store. */
interface Import {
  readonly data: LedgerImported;
  readonly begun: bigint;
  readonly finished: bigint;
  /** The position of the last imported event, and how many there are. */
  readonly last: bigint;
  readonly events: bigint;
  /** What is added to the position of an event that was recorded after the import: it is above all that were imported. */
  readonly shift: bigint;
}

/**
 * The log as everybody sees it, to read. If the store begins with `LedgerImported`, the imported events are as they were in the log that
 * they are from: with their positions, their times and their metadata. The two events of the import are no events of the log. An import
 * that is not finished is thrown as `UnfinishedImport`; events that say that they were imported, and were not, as `CorruptLedger`.
 */
export class ImportedReads implements ReadLog {
  /** undefined while the store has no event. */
  protected known: { readonly of: Import | undefined } | undefined;
  protected landmarks = new Landmarks();
  protected readonly stream: string;

  constructor(
    private readonly reads: ReadLog,
    prefix: string,
  ) {
    this.stream = importStream(prefix);
  }

  /** What the ledger was imported from; undefined if it was not. Throws `UnfinishedImport`. */
  async importedFrom(): Promise<LedgerImported | undefined> {
    return (await this.import())?.data;
  }

  async head(): Promise<bigint> {
    const imported = await this.import();
    const head = await this.reads.head();
    return imported === undefined ? head : shown(imported, head);
  }

  async *readStream(stream: string, fromRevision?: bigint): AsyncIterable<StoredEvent> {
    const imported = await this.import();
    for await (const event of this.reads.readStream(stream, fromRevision)) {
      const found = imported === undefined ? this.requireNative(event) : this.place(imported, event)?.event;
      if (found !== undefined) yield found;
    }
  }

  async *readAll(after: bigint): AsyncIterable<StoredEvent> {
    yield* this.read(after, false);
  }

  /** `readAll` with `LedgerImported`, if it is read from the start. */
  async *readLeaves(after: bigint): AsyncIterable<StoredEvent> {
    yield* this.read(after, after === 0n);
  }

  close(): Promise<void> {
    return this.reads.close();
  }

  protected async *read(after: bigint, isWithImport: boolean): AsyncIterable<StoredEvent> {
    const imported = await this.import();
    const scan = imported && new Scan(this.placing(imported), imported, after, isWithImport);
    for await (const event of this.reads.readAll(this.storedBefore(imported, after))) {
      const found = scan === undefined ? this.requireNative(event) : scan.take(event);
      if (found !== undefined) yield found;
    }
  }

  protected import(): Awaitable<Import | undefined> {
    return this.known === undefined ? this.look() : this.known.of;
  }

  protected placing(imported: Import): (event: StoredEvent) => PlacedEvent | undefined {
    return (event) => {
      const placed = this.place(imported, event);
      if (placed?.sequence !== undefined) this.landmarks.pass(placed.event.position, event.position);
      return placed;
    };
  }

  /** A position of the store that is before all events of the log after `after`. */
  protected storedBefore(imported: Import | undefined, after: bigint): bigint {
    if (imported === undefined) return after;
    const { finished, last, shift } = imported;
    if (after < last) return this.landmarks.before(after) ?? 0n;
    const stored = after - shift;
    return stored > finished ? stored : finished;
  }

  /** An event of a log that was not imported. */
  protected requireNative(event: StoredEvent): StoredEvent {
    const { stream, revision, position, metadata } = event;
    if (stream !== this.stream && metadata.imported === undefined) return event;
    // The store had no event when it was looked at, and has been imported into since.
    if (this.known === undefined && stream === this.stream && revision === 0n) throw new UnfinishedImport();
    throw new CorruptLedger(
      `The event at position ${position} says that it was imported, but the log does not begin with LedgerImported`,
    );
  }

  /** An event of a log that was imported; undefined if only the import needs it. */
  private place(imported: Import, event: StoredEvent): PlacedEvent | undefined {
    const { begun, finished, shift } = imported;
    const { position, metadata, stream } = event;
    if (position === begun) return { event: { ...event, position: IMPORT_POSITION, inImportedLog: {} } };
    if (position === finished) return undefined;
    if (position < begun || stream === this.stream) throw outOfPlace(event);
    if (position < finished) return originalEvent(event);
    if (metadata.imported !== undefined) throw outOfPlace(event);
    return { event: { ...event, position: position + shift, inImportedLog: {} } };
  }

  private async look(): Promise<Import | undefined> {
    // First: what is in the store by then and is no import is no import for ever.
    const head = await this.reads.head();
    const found: StoredEvent[] = [];
    for await (const event of this.reads.readStream(this.stream)) found.push(event);
    const of = importOf(found);
    if (of !== undefined || head > 0n) this.known = { of };
    return of;
  }
}

function importOf([first, second, ...others]: readonly StoredEvent[]): Import | undefined {
  if (first === undefined) return undefined;
  const data = readLedgerImported(first);
  if (second === undefined) throw new UnfinishedImport();
  if (second.type !== IMPORT_FINISHED || others.length > 0) throw outOfPlace(others[0] ?? second);
  const [last, finished] = [BigInt(data.position), second.position];
  const shift = last > finished ? last - finished : 0n;
  return { data, begun: first.position, finished, last, events: BigInt(data.events), shift };
}

const outOfPlace = ({ type, position }: StoredEvent): CorruptLedger =>
  new CorruptLedger(
    `The event ${type} at position ${position} of the store is no part of the import that it began with`,
  );

/** The position of the newest event, from the newest one of the store. */
const shown = ({ finished, last, shift }: Import, stored: bigint): bigint =>
  stored > finished ? stored + shift : last;

interface PlacedEvent {
  readonly event: StoredEvent;
  /** Of an imported event. */
  readonly sequence?: bigint;
}

/** The events of an imported log in their order: none of those that were imported is missing, or there twice. */
class Scan {
  private before: { readonly sequence: bigint; readonly position: bigint } | undefined;

  constructor(
    private readonly place: (event: StoredEvent) => PlacedEvent | undefined,
    private readonly imported: Import,
    private readonly after: bigint,
    private readonly isWithImport: boolean,
  ) {}

  /** undefined if the reader does not want the event. */
  take(stored: StoredEvent): StoredEvent | undefined {
    const placed = this.place(stored);
    if (placed === undefined) this.requireAll(stored);
    else if (placed.sequence !== undefined) this.requireNext(placed.sequence, placed.event);
    else if (placed.event.position === IMPORT_POSITION) {
      this.before = { sequence: 0n, position: IMPORT_POSITION };
      return this.isWithImport ? placed.event : undefined;
    }
    return placed !== undefined && placed.event.position > this.after ? placed.event : undefined;
  }

  private requireNext(sequence: bigint, { position }: StoredEvent): void {
    const { before } = this;
    this.before = { sequence, position };
    if (before === undefined || (sequence === before.sequence + 1n && position > before.position)) return;
    throw new CorruptLedger(`The imported event at position ${position} does not follow the one before it`);
  }

  private requireAll(finish: StoredEvent): void {
    const { events, last } = this.imported;
    const { before } = this;
    if (before === undefined || (before.sequence === events && before.position === last)) return;
    throw new CorruptLedger(
      `The import ends at position ${finish.position} of the store with event ${before.sequence} of ${events}`,
    );
  }
}

/** The log as everybody sees it, to read, to follow and to append to. */
export class ImportedLog extends ImportedReads implements EventStore {
  constructor(
    private readonly store: EventStore,
    prefix: string,
  ) {
    super(store, prefix);
  }

  get leaves(): LogOfLeaves {
    return {
      readAll: (after) => this.readLeaves(after),
      subscribe: (after, signal) => this.follow(after, signal, after === 0n),
    };
  }

  async append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<AppendResult> {
    if (stream === this.stream || events.some(({ metadata }) => metadata.imported !== undefined)) {
      throw new TypeError('Only an import records that an event was imported');
    }
    const imported = await this.import();
    const result = await this.store.append(stream, events, expected);
    if (imported === undefined || result.kind !== 'appended') return result;
    if (result.position > imported.finished) return { ...result, position: shown(imported, result.position) };
    // The events are on record since before the import.
    for await (const { position } of this.readStream(stream, result.revision)) return { ...result, position };
    throw new CorruptLedger(`Stream ${stream} does not have revision ${result.revision}, which was appended`);
  }

  async *subscribe(after: bigint, signal: AbortSignal): AsyncIterable<LogMessage> {
    yield* this.follow(after, signal, false);
  }

  async requireWritable(): Promise<void> {
    await this.import();
    await this.store.requireWritable();
  }

  forget(): void {
    this.known = undefined;
    this.landmarks = new Landmarks();
    this.store.forget();
  }

  private async *follow(after: bigint, signal: AbortSignal, isWithImport: boolean): AsyncIterable<LogMessage> {
    const imported = await this.import();
    const scan = imported && new Scan(this.placing(imported), imported, after, isWithImport);
    for await (const message of this.store.subscribe(this.storedBefore(imported, after), signal)) {
      if (message.kind !== 'events') {
        yield message;
        continue;
      }
      if (scan === undefined) message.events.forEach((event) => this.requireNative(event));
      const events = scan === undefined ? message.events : message.events.flatMap((event) => scan.take(event) ?? []);
      if (events.length > 0) yield { kind: 'events', events };
    }
  }
}
