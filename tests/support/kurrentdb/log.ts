import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteEventStore } from '../../../src/event-store/adapters/sqlite/sqlite-event-store';
import { EventMetadata } from '../../../src/event-store/envelope';
import { EventStore } from '../../../src/event-store/event-store';
import { Bell } from '../../../src/kernel/async';
import { JsonObject } from '../../../src/kernel/json';
import { Clock, systemClock } from '../../../src/kernel/time';
import { CommitCheck, Expected, StreamVersions } from './commit-check';

/** An event as a client proposes it. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** An event in the log. */
export interface LogRecord extends Proposed {
  readonly stream: string;
  readonly revision: bigint;
  readonly commit: bigint;
  readonly prepare: bigint;
  /** Milliseconds. */
  readonly created: number;
}

export type Outcome = Exclude<CommitCheck, { kind: 'ok' }> | { readonly kind: 'made'; readonly last: LogRecord };

export interface LogOptions {
  readonly folder: string;
  readonly clock?: Clock;
  /** The position of the first record. It must be the same each time a folder is opened. */
  readonly firstPosition?: bigint;
}

const FILE = 'log.db';

/** Replaces the log by a copy of a folder whose log is closed. */
export function copyLog(from: string, to: string): void {
  for (const file of [FILE, `${FILE}-anchor`]) {
    rmSync(join(to, file), { force: true });
    if (existsSync(join(from, file))) copyFileSync(join(from, file), join(to, file));
  }
}

/**
 * The records and their order are in a ledger file of the project's own format. Positions are offsets in bytes, as on a disk.
 */
export class StandInLog {
  readonly records: LogRecord[] = [];
  readonly news = new Bell();
  /** Streams that were hard-deleted, and those that have lost their first events. Not kept over a restart. */
  readonly deleted = new Set<string>();
  readonly truncatedBefore = new Map<string, bigint>();
  private readonly streams = new Map<string, LogRecord[]>();
  private readonly versions = new StreamVersions();
  private end: bigint;

  private constructor(
    private readonly store: EventStore,
    private readonly clock: RememberingClock,
    firstPosition: bigint,
  ) {
    this.end = firstPosition;
  }

  static async open({ folder, clock = systemClock, firstPosition = 1284n }: LogOptions): Promise<StandInLog> {
    const remembering = new RememberingClock(clock);
    const path = join(folder, FILE);
    const store = openSqliteEventStore({ path, prefix: '', clock: remembering, nodeClock: clock });
    const log = new StandInLog(store, remembering, firstPosition);
    for await (const { stream, revision, type, data, storedAt } of store.readAll(0n)) {
      const event = { ...decode(data), type };
      log.versions.add(stream, [event.id]);
      log.publish(stream, revision, event, storedAt, Boolean(data.inTransaction));
    }
    log.versions.forgetRecent();
    return log;
  }

  streamOf = (stream: string): readonly LogRecord[] => this.streams.get(stream) ?? [];

  get last(): LogRecord | undefined {
    return this.records.at(-1);
  }

  /** Decided at once, as by the server's single writer. Recorded and visible to readers when the promise resolves. */
  async append(
    stream: string,
    events: readonly Proposed[],
    expected: Expected,
    options: { readonly inTransaction?: boolean } = {},
  ): Promise<Outcome> {
    const ids = events.map(({ id }) => id);
    const check = this.versions.check(stream, expected, ids, this.streamOf(stream).length);
    if (check.kind !== 'ok') return check;
    this.versions.add(stream, ids);
    // With different ids: the server refuses an id that the stream already has.
    const stored = events.map((event) => ({
      id: randomUUID(),
      type: event.type,
      data: encode(event, options.inTransaction ?? false),
      metadata: {} as EventMetadata,
    }));
    const first = BigInt(check.current) + 1n;
    await this.store.append(stream, stored, 'any');
    const created = this.clock.latest;
    const made = events.map((event, index) =>
      this.publish(stream, first + BigInt(index), event, created, options.inTransaction ?? false),
    );
    this.news.ring();
    return { kind: 'made', last: made.at(-1)! };
  }

  close(): Promise<void> {
    return this.store.close();
  }

  private publish(
    stream: string,
    revision: bigint,
    event: Proposed,
    created: number,
    inTransaction: boolean,
  ): LogRecord {
    const prepare = this.end;
    const commit = inTransaction ? prepare + 17n : prepare;
    this.end += BigInt(96 + stream.length + 2 * event.type.length + event.data.length + event.metadata.length);
    const record: LogRecord = { ...event, stream, revision, created, prepare, commit };
    this.records.push(record);
    const inStream = this.streams.get(stream);
    if (inStream) inStream.push(record);
    else this.streams.set(stream, [record]);
    return record;
  }
}

const encode = ({ id, isJson, data, metadata }: Proposed, inTransaction: boolean): JsonObject => ({
  id,
  isJson,
  inTransaction,
  data: Buffer.from(data).toString('base64'),
  metadata: Buffer.from(metadata).toString('base64'),
});

const decode = (stored: JsonObject): Omit<Proposed, 'type'> => ({
  id: stored.id as string,
  isJson: stored.isJson as boolean,
  data: Buffer.from(stored.data as string, 'base64'),
  metadata: Buffer.from(stored.metadata as string, 'base64'),
});

/** All events of one transaction get the same time, and their appends are answered before the next transaction. */
class RememberingClock implements Clock {
  latest = 0;

  constructor(private readonly clock: Clock) {}

  now(): number {
    this.latest = this.clock.now();
    return this.latest;
  }
}
