import { StoredEvent } from '../../envelope';
import { decodeEvent, EventRow } from './event-rows';

/** Bounds the memory: what is older is read from the file. */
const MOST = { events: 2_048, characters: 4 * 1024 * 1024 } as const;

/** The newest events that this process recorded, without a gap, so that those that follow the log need not read them back. */
export class RecentEvents {
  private events: StoredEvent[] = [];
  private characters = 0;

  add(rows: readonly EventRow[]): void {
    const characters = rows.reduce((sum, row) => sum + row[5].length + row[6].length, 0);
    const isFull = this.events.length + rows.length > MOST.events || this.characters + characters > MOST.characters;
    if (isFull) this.events = [];
    this.characters = isFull ? characters : this.characters + characters;
    if (characters <= MOST.characters) this.events.push(...rows.map(decodeEvent));
  }

  /** The events after a position, at most `limit`; undefined if older ones are among them. Positions in the file have no gaps. */
  after(position: bigint, limit: number): readonly StoredEvent[] | undefined {
    const [first] = this.events;
    if (first === undefined || position + 1n < first.position) return undefined;
    const start = Number(position + 1n - first.position);
    return this.events.slice(start, start + limit);
  }
}
