import { parentPort } from 'node:worker_threads';
import { leafOfForm } from '../event-form';
import { leafOrNothing } from '../hashing/leaf-hasher';
import { Hash, HASH_BYTES } from '../tree/hashes';
import { HashRequest, HashReply, ToHash } from './worker-hasher';

// Hashes the leaves of long logs beside the thread that answers requests.
parentPort?.on('message', ({ number, ...toHash }: HashRequest) => {
  const hashes = leavesOf(toHash);
  const leaves = new Uint8Array(hashes.length * HASH_BYTES);
  const missing: number[] = [];
  for (const [at, leaf] of hashes.entries()) {
    if (leaf === undefined) missing.push(at);
    else leaves.set(leaf, at * HASH_BYTES);
  }
  const reply: HashReply = { number, leaves, missing };
  parentPort?.postMessage(reply, [leaves.buffer]);
});

const leavesOf = (toHash: ToHash): readonly (Hash | undefined)[] =>
  'forms' in toHash ? toHash.forms.map(leafOfForm) : toHash.events.map(leafOrNothing);
