import { EventData, NO_STREAM, WrongExpectedVersionError } from '@kurrent/kurrentdb-client';
import { KeyedQueue } from '../../../kernel/async';
import { CorruptLedger, Outage, UnansweredWrite } from '../../../kernel/outage';
import { AppendResult, ExpectedRevision } from '../../event-store';
import { Connection } from './connection';
import { LostConnection, translated } from './driver-errors';
import { requirePosition } from './stored-events';
import { readStream } from './stream-read';
import { StreamIdCache, StreamIds } from './stream-ids';
import { pause, within } from './waiting';

interface Sending {
  /** It was sent, and the server has not said that it refused it. */
  mayBeOnRecord: boolean;
  /** Its caller no longer waits. */
  isGivenUp: boolean;
}

const ATTEMPTS = 20;
/** After this long without an answer, we look in the stream for the events that were sent. */
const UNANSWERED_MS = 500;

/**
 * Every append names the exact revision that it expects, after a comparison with the ids of all earlier events. The server
 * recognises a repeated append only if it names the same expected revision; with "any", only as long as it remembers the ids.
 */
export class Appends {
  private readonly queue = new KeyedQueue();

  constructor(
    private readonly connection: Connection,
    private readonly known: StreamIdCache,
  ) {}

  /** Appends to one stream run one after the other. The time limit includes the wait for the ones before. */
  append(stream: string, events: EventData[], expected: ExpectedRevision): Promise<AppendResult> {
    const { timeoutMs } = this.connection;
    const deadline = Date.now() + timeoutMs;
    return this.queue.run(stream, async () => {
      const left = deadline - Date.now();
      if (left <= 0) throw new Outage(`Event store: earlier appends to ${stream} took longer than ${timeoutMs} ms`);
      const bounded = { ...this.connection, timeoutMs: left };
      const sending: Sending = { mayBeOnRecord: false, isGivenUp: false };
      try {
        return await within(bounded, `an append to ${stream}`, () =>
          this.appendKnowing(bounded, stream, events, expected, sending),
        );
      } catch (error) {
        if (sending.mayBeOnRecord && error instanceof Outage)
          throw new UnansweredWrite(error.message, { cause: error });
        throw error;
      } finally {
        sending.isGivenUp = true;
      }
    });
  }

  private async appendKnowing(
    connection: Connection,
    stream: string,
    events: EventData[],
    expected: ExpectedRevision,
    sending: Sending,
  ): Promise<AppendResult> {
    const ids = events.map(({ id }) => id);
    const wanted = expected === 'no-stream' ? -1n : expected;
    const known = this.known.get(stream);
    const isEnough = wanted === 'any' ? known.through >= 0n : known.through === wanted;
    if (!isEnough) await this.catchUp(connection, stream, known);
    let wasLost = false;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const recorded = known.lastRevisionOf(ids);
      if (recorded !== undefined) return this.answerFor(connection, stream, recorded, ids);
      if (wanted !== 'any' && wanted !== known.through) return { kind: 'conflict', current: currentOf(known) };
      const reused = ids.find((id) => known.revisionOf(id) !== undefined);
      if (reused !== undefined) {
        throw new Error(`Stream ${stream} already has the event id ${reused}, from another append`);
      }
      // Its caller may have been told that nothing is on record.
      if (sending.isGivenUp) throw new Outage(`Event store: an append to ${stream} was given up`);
      sending.mayBeOnRecord = true;
      try {
        const made = await this.send(connection, stream, events, known);
        if (made) return made;
        sending.mayBeOnRecord = wasLost;
      } catch (error) {
        // It may be on record, or still come there. Sent again with the same revision, it is recorded once.
        if (wasLost || !(error instanceof LostConnection)) throw error;
        wasLost = true;
      }
      await this.catchUp(connection, stream, known);
    }
    throw new Outage(`Event store: too many concurrent appends to stream ${stream}`);
  }

  /** undefined if the stream has grown since. */
  private async send(
    connection: Connection,
    stream: string,
    events: EventData[],
    known: StreamIds,
  ): Promise<AppendResult | undefined> {
    const before = known.through;
    const ids = events.map(({ id }) => id);
    const answered = new AbortController();
    try {
      const sending = connection.client.appendToStream(stream, events, {
        streamState: before === -1n ? NO_STREAM : before,
        requiresLeader: true,
        deadline: connection.timeoutMs,
      });
      const found = this.foundUnanswered(connection, stream, known, ids, answered.signal);
      const outcome = await Promise.race([sending, found]);
      if (typeof outcome === 'bigint') {
        sending.catch(() => undefined);
        return await this.answerFor(connection, stream, outcome, ids);
      }
      const { success, nextExpectedRevision, position } = outcome;
      // `throwOnAppendFailure=false` in the connection string.
      if (!success) return undefined;
      const revision = before + BigInt(events.length);
      if (nextExpectedRevision !== revision) {
        throw new CorruptLedger(
          `Stream ${stream} was at revision ${String(before)}, but after ${events.length} more events it is at ${String(nextExpectedRevision)}`,
        );
      }
      if (known.through === before) known.add(ids, before + 1n);
      this.known.keep(stream, known);
      // The server gives no position if the append was made before and it cannot read that yet.
      if (position === undefined) return await this.answerFor(connection, stream, revision, ids);
      return { kind: 'appended', revision, position: requirePosition(position, `An append to ${stream}`) };
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) return undefined;
      throw translated(error);
    } finally {
      answered.abort();
    }
  }

  /**
   * If another process sends the same append at the same time, the server drops one of them without an answer. So we look for
   * the events in the stream, and return their last revision. Never rejects; stays pending once the append is answered.
   */
  private async foundUnanswered(
    connection: Connection,
    stream: string,
    known: StreamIds,
    ids: readonly string[],
    answered: AbortSignal,
  ): Promise<bigint> {
    for (;;) {
      await pause(UNANSWERED_MS, answered);
      if (answered.aborted) return new Promise<never>(() => undefined);
      try {
        await this.catchUp(connection, stream, known);
      } catch {
        // The append itself reports the error.
        continue;
      }
      const revision = known.lastRevisionOf(ids);
      if (revision !== undefined) return revision;
    }
  }

  private async catchUp(connection: Connection, stream: string, known: StreamIds): Promise<void> {
    for await (const events of readStream(connection, stream, known.through + 1n)) {
      known.addEvents(events);
    }
    this.known.keep(stream, known);
  }

  private async answerFor(
    connection: Connection,
    stream: string,
    revision: bigint,
    ids: readonly string[],
  ): Promise<AppendResult> {
    for await (const [event] of readStream(connection, stream, revision)) {
      if (event && event.id === ids.at(-1)) return { kind: 'appended', revision, position: event.position };
      break;
    }
    throw new CorruptLedger(
      `Stream ${stream} does not have at revision ${String(revision)} the event that was appended there`,
    );
  }
}

const currentOf = ({ through }: StreamIds): bigint | 'no-stream' => (through === -1n ? 'no-stream' : through);
