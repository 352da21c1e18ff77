import { Change } from './change';

const known = new WeakMap<Change, number>();

/** About how many bytes a change has as JSON. It is measured once. */
export function bytesOf(change: Change): number {
  const { data, metadata } = change.event;
  return known.get(change) ?? rememberBytes(change, Buffer.byteLength(JSON.stringify([data, metadata])));
}

/** For a change whose JSON was read: it need not be measured. */
export function rememberBytes(change: Change, bytes: number): number {
  known.set(change, bytes);
  return bytes;
}

/** The first changes that have about `maxBytes` together. */
export function firstBytes(changes: readonly Change[], maxBytes: number): readonly Change[] {
  let bytes = 0;
  const end = changes.findIndex((change) => (bytes += bytesOf(change)) >= maxBytes);
  return end < 0 ? changes : changes.slice(0, end + 1);
}
