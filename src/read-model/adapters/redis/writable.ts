import { Client, mastersOf } from './connection';
import { translating } from './driver-errors';

/** Redis takes it for a script that may write, and refuses it if it would refuse a write. */
const MAY_WRITE = `#!lua
return 1`;

/** Throws `Outage` if a master takes no writes: its memory is full, it is a replica now, or its disk fails. */
export async function requireWritable(client: Client): Promise<void> {
  // A client knows its masters only after it has connected.
  await translating(client.ping());
  await translating(Promise.all(mastersOf(client).map((node) => node.eval(MAY_WRITE, 0))));
}
