import {
  AllStreamResolvedEvent,
  BACKWARDS,
  END,
  Filter,
  FORWARDS,
  Position,
  streamNameFilter,
} from '@kurrent/kurrentdb-client';
import { BridgeReads } from './bridge-reads';
import { Connection } from './connection';

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
  private running: Promise<bigint> | undefined;
  private next: Promise<bigint> | undefined;
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

  /** Whoever asks while a reading runs shares the next one: an answer is never older than its question. */
  async read(): Promise<bigint> {
    if (this.running === undefined) return this.start();
    this.next ??= this.running.then(
      () => this.start(),
      () => this.start(),
    );
    return this.next;
  }

  private start(): Promise<bigint> {
    this.next = undefined;
    const running = this.look().finally(() => {
      if (this.running === running) this.running = undefined;
    });
    this.running = running;
    return running;
  }

  private async look(): Promise<bigint> {
    const newest = await this.reads.read({ ...NEWEST, maxCount: 1 }, ([event]) => event);
    if (newest === undefined) return 0n;
    const place = placeOf(newest);
    if (newest.event?.streamId.startsWith(this.prefix)) return this.note({ through: place, head: place.commit });

    const { known } = this;
    if (known && place.commit <= known.through.commit) return known.head;
    if (known && !(await this.hasNewer(known.through))) return this.note({ through: place, head: known.head });
    return this.reads.read({ ...NEWEST, maxCount: 1, filter: this.filter }, ([event]) =>
      this.note({ through: place, head: event ? placeOf(event).commit : 0n }),
    );
  }

  /** The place itself is read as well. */
  private hasNewer(through: Position): Promise<boolean> {
    return this.reads.read({ direction: FORWARDS, fromPosition: through, maxCount: 2, filter: this.filter }, (events) =>
      events.some((event) => placeOf(event).commit > through.commit),
    );
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
