import { parentPort } from 'node:worker_threads';
import { leafOrNothing } from '../hashing/leaf-hasher';
import { HASH_BYTES } from '../tree/hashes';
import { HashRequest, HashReply } from './worker-hasher';

// Hashes the leaves of long logs beside the thread that answers requests.
parentPort?.on('message', ({ number, events }: HashRequest) => {
  const leaves = new Uint8Array(events.length * HASH_BYTES);
  const missing: number[] = [];
  for (const [at, event] of events.entries()) {
    const leaf = leafOrNothing(event);
    if (leaf === undefined) missing.push(at);
    else leaves.set(leaf, at * HASH_BYTES);
  }
  const reply: HashReply = { number, leaves, missing };
  parentPort?.postMessage(reply, [leaves.buffer]);
});
