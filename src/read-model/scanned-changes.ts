import { andThen, Awaitable } from '../kernel/async';
import { ByteRange, ScannedChanges, TemporalReader } from './temporal-store';

const NOTHING = { changes: 0, bytes: 0 };

/** Reads the next part of a range. Unlike `changes`, it may find nothing although the range goes on. */
export const scanChanges = (
  store: Pick<TemporalReader, 'changes' | 'scan'>,
  range: ByteRange,
): Awaitable<ScannedChanges> =>
  store.scan?.(range) ??
  andThen(store.changes(range), (changes) => ({
    changes,
    upTo: changes.at(-1)?.event.position ?? range.upTo,
    hidden: NOTHING,
  }));
