import {
  AllStreamResolvedEvent,
  BACKWARDS,
  END,
  FORWARDS,
  Position,
  streamNameFilter,
} from '@kurrent/kurrentdb-client';
import { Connection } from './connection';
import { within } from './waiting';

interface Known {
  /** The ledger has no event above `head` up to this place in the log of all streams. */
  readonly through: Position;
  readonly head: bigint;
}

/**
 * The position of the ledger's newest event. The server finds it by going backwards through whatever else is in the log: that is
 * done once, and from then on only what is newer than the last answer is looked at.
 */
export class LogHead {
  private known: Known | undefined;
  private running: Promise<bigint> | undefined;
  private next: Promise<bigint> | undefined;

  constructor(private readonly connection: Connection) {}

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
    const running = within(this.connection, 'a question for the head', () => this.look()).finally(() => {
      if (this.running === running) this.running = undefined;
    });
    this.running = running;
    return running;
  }

  private async look(): Promise<bigint> {
    const newest = await this.one({ direction: BACKWARDS, fromPosition: END });
    if (newest === undefined) return 0n;
    const { known } = this;
    if (newest.ours) return this.note({ through: newest.place, head: newest.place.commit });
    if (known && newest.place.commit <= known.through.commit) return known.head;
    if (known && !(await this.hasNewer(known.through))) return this.note({ through: newest.place, head: known.head });

    const last = await this.one({ direction: BACKWARDS, fromPosition: END, filter: this.filter() });
    return this.note({ through: newest.place, head: last?.place.commit ?? 0n });
  }

  private async hasNewer({ commit, prepare }: Position): Promise<boolean> {
    // The place itself is read as well.
    const found = this.connection.client.readAll({
      direction: FORWARDS,
      fromPosition: { commit, prepare },
      maxCount: 2,
      requiresLeader: true,
      filter: this.filter(),
    });
    for await (const event of found) if (placeOf(event).commit > commit) return true;
    return false;
  }

  private async one(
    options: Pick<Parameters<Connection['client']['readAll']>[0] & object, 'direction' | 'fromPosition' | 'filter'>,
  ) {
    const { client, prefix } = this.connection;
    for await (const found of client.readAll({ ...options, maxCount: 1, requiresLeader: true })) {
      return { place: placeOf(found), ours: (found.event?.streamId ?? '').startsWith(prefix) };
    }
    return undefined;
  }

  private filter() {
    return streamNameFilter({ prefixes: [this.connection.prefix] });
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
