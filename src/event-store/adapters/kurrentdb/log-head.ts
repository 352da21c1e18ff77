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

interface KnownHead {
  /** In the log of all streams up to `through`, the ledger has no event above `head`. */
  readonly through: Position;
  readonly head: bigint;
}

const NEWEST = { direction: BACKWARDS, fromPosition: END } as const;

/**
 * The position of the ledger's newest event. The server finds it by reading backwards through the events of all programs. We do
 * that once; after that we look only at what is newer than the last answer.
 */
export class LogHead {
  private known: KnownHead | undefined;
  private readonly looks = new SharedWork(() => this.look());
  private readonly reads: BridgeReads;
  private readonly prefix: string;
  private readonly filter: Filter;

  constructor(connection: Connection) {
    this.reads = new BridgeReads(connection);
    this.prefix = connection.prefix;
    this.filter = streamNameFilter({ prefixes: [connection.prefix] });
  }

  /** Call it with the position of any event of the ledger. */
  saw(position: bigint): void {
    if (position > 0n) this.note({ through: { commit: position, prepare: position }, head: position });
  }

  read(): Promise<bigint> {
    return this.looks.run();
  }

  /** The next read looks at the whole log again. */
  forget(): void {
    this.known = undefined;
  }

  private async look(): Promise<bigint> {
    const before = this.known;
    const newest = await this.reads.read({ ...NEWEST, maxCount: 1 }, ([event]) => event);
    const end = newest && positionOf(newest);
    // The log ends before a position that it had reached earlier: it was restored to an earlier state.
    if (before && (end?.commit ?? 0n) < before.through.commit) this.forget();
    if (end === undefined) return 0n;
    if (newest?.event?.streamId.startsWith(this.prefix)) return this.note({ through: end, head: end.commit });

    const { known } = this;
    if (known && end.commit <= known.through.commit) return known.head;
    if (known && !(await this.hasNewer(known.through))) return this.note({ through: end, head: known.head });
    return this.reads.read({ ...NEWEST, maxCount: 1, filter: this.filter }, ([event]) =>
      this.note({ through: end, head: event ? positionOf(event).commit : 0n }),
    );
  }

  /**
   * The read includes the event at `through` itself. If no record begins there, it is another log, and everything in it counts
   * as newer.
   */
  private async hasNewer(through: Position): Promise<boolean> {
    const question = { direction: FORWARDS, fromPosition: through, maxCount: 2, filter: this.filter } as const;
    try {
      return await this.reads.read(question, (events) =>
        events.some((event) => positionOf(event).commit > through.commit),
      );
    } catch (error) {
      if (!isInvalidPosition(error)) throw error;
      this.forget();
      return true;
    }
  }

  private note(found: KnownHead): bigint {
    const head = this.known && this.known.head > found.head ? this.known.head : found.head;
    if (!this.known || found.through.commit > this.known.through.commit) this.known = { through: found.through, head };
    return head;
  }
}

function positionOf({ event, commitPosition }: AllStreamResolvedEvent): Position {
  const commit = commitPosition ?? event?.position.commit ?? 0n;
  return { commit, prepare: event?.position.prepare ?? commit };
}
