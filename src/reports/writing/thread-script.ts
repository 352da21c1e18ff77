import { parentPort } from 'node:worker_threads';
import { FileOrder } from './file-order';
import { writtenFile } from './written-file';

// Writes files beside the thread that answers requests. An error ends this thread, and the other one throws it.
parentPort?.on('message', (order: FileOrder) => {
  void writtenFile(order).then((bytes) => {
    // A copy, because a part of a shared buffer cannot be handed over.
    const own = new Uint8Array(bytes);
    parentPort?.postMessage(own, [own.buffer]);
  });
});
