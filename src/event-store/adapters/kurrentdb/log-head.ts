import {
  AllStreamResolvedEvent,
  BACKWARDS,
  END,
  Filter,
  FORWARDS,
  Position,
  streamNameFilter,
} from '@kurrent/kurrentdb-client';
import { SharedWork } from '../../../kernel/async';
import { BridgeReads } from './bridge-reads';
import { Connection } from './connection';
import { isInvalidPosition } from './driver-errors';

interface Known {
  /** The ledger has no event above `head` up to this place in the log of all streams. */
  readonly through: Position;
  readonly head: bigint;
}

const NEWEST = { direction: BACKWARDS, fromPosition: END } as const;

/**
 * The position of the ledger's newest event. The server finds it by going backwards through whatever else is in the log: that is
 * done once, and from then on only what is newer than the last answer is looked at.
 */
export class LogHead {
  private known: Known | undefined;
  private readonly looks = new SharedWork(() => this.look());
  private readonly reads: BridgeReads;
  private readonly prefix: string;
  private readonly filter: Filter;

  constructor(connection: Connection) {
    this.reads = new BridgeReads(connection);
    this.prefix = connection.prefix;
    this.filter = streamNameFilter({ prefixes: [connection.prefix] });
  }

  /** An event of the ledger stands at this position. */
  saw(position: bigint): void {
    if (position > 0n) this.note({ through: { commit: position, prepare: position }, head: position });
  }

  read(): Promise<bigint> {
    return this.looks.run();
  }

  /** Has the next question look at the whole log again. */
  forget(): void {
    this.known = undefined;
  }

  private async look(): Promise<bigint> {
    const before = this.known;
    const newest = await this.reads.read({ ...NEWEST, maxCount: 1 }, ([event]) => event);
    const place = newest && placeOf(newest);
    // The log ends before a place that it had reached when the question was asked: it was put back to an earlier state.
    if (before && (place?.commit ?? 0n) < before.through.commit) this.forget();
    if (place === undefined) return 0n;
    if (newest?.event?.streamId.startsWith(this.prefix)) return this.note({ through: place, head: place.commit });

    const { known } = this;
    if (known && place.commit <= known.through.commit) return known.head;
    if (known && !(await this.hasNewer(known.through))) return this.note({ through: place, head: known.head });
    return this.reads.read({ ...NEWEST, maxCount: 1, filter: this.filter }, ([event]) =>
      this.note({ through: place, head: event ? placeOf(event).commit : 0n }),
    );
  }

  /** The place itself is read as well. Newer, too, is all of another log, in which no record begins at that place. */
  private async hasNewer(through: Position): Promise<boolean> {
    const question = { direction: FORWARDS, fromPosition: through, maxCount: 2, filter: this.filter } as const;
    try {
      return await this.reads.read(question, (events) =>
        events.some((event) => placeOf(event).commit > through.commit),
      );
    } catch (error) {
      if (!isInvalidPosition(error)) throw error;
      this.forget();
      return true;
    }
  }

  private note(found: Known): bigint {
    const head = this.known && this.known.head > found.head ? this.known.head : found.head;
    if (!this.known || found.through.commit > this.known.through.commit) this.known = { through: found.through, head };
    return head;
  }
}

function placeOf({ event, commitPosition }: AllStreamResolvedEvent): Position {
  const commit = commitPosition ?? event?.position.commit ?? 0n;
  return { commit, prepare: event?.position.prepare ?? commit };
}
