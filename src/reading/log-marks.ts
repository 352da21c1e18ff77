import { LRUCache } from 'lru-cache';
import { andThen, Awaitable } from '../kernel/async';
import { eventAt } from '../read-model/event-at';
import { TemporalStore } from '../read-model/temporal-store';

/** What identifies the ledger up to a position. */
export interface LogMark {
  /** The same text means the same log up to there, read through the same version of the read models. */
  readonly text: string;
  /** How many events of the ledger are up to there. */
  readonly events: bigint;
}

type Store = Pick<TemporalStore, 'version' | 'pointAt' | 'changes'>;

const KEPT = 2_000;

/**
 * Marks positions of the log with their last event. A log that has the same event at its place is the same log up to there (docs/adr/0019), so the
 * mark tells two logs apart that have a position in common: one that was put back and went on, or the log of another ledger. The event may be
 * one that a caller may not read, so its salt is in the mark: nobody can guess it.
 */
export class LogMarks {
  private readonly known = new LRUCache<string, LogMark>({ max: KEPT });

  constructor(private readonly store: Store) {}

  /** The position must not lie beyond the watermark. */
  at(position: bigint): Awaitable<LogMark> {
    return andThen(this.store.version(), (version) => {
      const key = `${version ?? ''} ${position}`;
      return this.known.get(key) ?? this.mark(key, version, position);
    });
  }

  forget(): void {
    this.known.clear();
  }

  private async mark(key: string, version: string | undefined, position: bigint): Promise<LogMark> {
    const mark = await this.read(version, position);
    this.known.set(key, mark);
    return mark;
  }

  private async read(version: string | undefined, asked: bigint): Promise<LogMark> {
    const { position, sequence: events } = await this.store.pointAt({ position: asked });
    const event = await eventAt(this.store, position);
    const { id, stream, revision, storedAt, metadata } = event ?? NO_EVENT;
    const parts = [version, String(position), id, stream, String(revision), storedAt, metadata.salt];
    return { text: JSON.stringify(parts), events };
  }
}

const NO_EVENT = { id: '', stream: '', revision: 0n, storedAt: 0, metadata: { salt: '' } };
