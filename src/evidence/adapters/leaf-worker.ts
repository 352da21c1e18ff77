import { parentPort } from 'node:worker_threads';
import { leafOrNothing } from '../hashing/leaf-hasher';
import { HashRequest, HashReply } from './worker-hasher';

// Hashes the leaves of long logs beside the thread that answers requests.
parentPort?.on('message', ({ number, events }: HashRequest) => {
  const reply: HashReply = { number, leaves: events.map(leafOrNothing) };
  parentPort?.postMessage(reply);
});
