import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Hash, HASH_BYTES } from '../tree/hashes';
import { HASHER_IN_THIS_THREAD, LeafHasher, OrderedEvent } from '../hashing/leaf-hasher';

export interface HashRequest {
  readonly number: number;
  readonly events: readonly OrderedEvent[];
}

export interface HashReply {
  readonly number: number;
  /** One after the other: to hand over many small buffers takes longer than to hash. */
  readonly leaves: Uint8Array;
  /** The places of events that have no canonical form. */
  readonly missing: readonly number[];
}

interface Waiting {
  readonly resolve: (leaves: readonly (Hash | undefined)[]) => void;
  readonly events: readonly OrderedEvent[];
}

/** Fewer events are hashed in this thread: that takes less time than the way to the worker and back. */
const FEWEST = 64;

/**
 * Computes leaves in a worker thread, which receives the events. It starts with the first long list. If it cannot work, leaves are
 * computed in this thread.
 */
export class WorkerHasher implements LeafHasher {
  private readonly waiting = new Map<number, Waiting>();
  private worker: Worker | undefined;
  private hasFailed = false;
  private next = 0;

  constructor(
    private readonly onFailure: (error: unknown) => void,
    /** How Node runs the worker; by default as it runs this thread. */
    private readonly execArgv?: readonly string[],
  ) {}

  hash(events: readonly OrderedEvent[]): Promise<readonly (Hash | undefined)[]> {
    if (events.length < FEWEST || this.hasFailed) return HASHER_IN_THIS_THREAD.hash(events);
    const worker = this.started();
    if (worker === undefined) return HASHER_IN_THIS_THREAD.hash(events);
    const request: HashRequest = { number: this.next++, events };
    return new Promise((resolve) => {
      this.waiting.set(request.number, { resolve, events });
      worker.ref();
      worker.postMessage(request);
    });
  }

  async close(): Promise<void> {
    this.hasFailed = true;
    await this.worker?.terminate();
    this.finishHere();
  }

  private started(): Worker | undefined {
    try {
      return (this.worker ??= this.start());
    } catch (error) {
      this.hasFailed = true;
      this.onFailure(error);
      return undefined;
    }
  }

  private start(): Worker {
    // Not given: Node would refuse options such as --max-semi-space-size, which it leaves out by itself.
    const options = this.execArgv === undefined ? {} : { execArgv: [...this.execArgv] };
    const worker = new Worker(join(__dirname, `leaf-worker${extname(__filename)}`), options);
    worker.unref();
    worker.on('message', ({ number, ...reply }: HashReply) => {
      const waiting = this.waiting.get(number);
      this.waiting.delete(number);
      if (this.waiting.size === 0) worker.unref();
      waiting?.resolve(waiting.events.map(leafIn(reply)));
    });
    worker.on('error', (error) => {
      this.hasFailed = true;
      this.onFailure(error);
      this.finishHere();
    });
    return worker;
  }

  private finishHere(): void {
    for (const { resolve, events } of this.waiting.values()) void HASHER_IN_THIS_THREAD.hash(events).then(resolve);
    this.waiting.clear();
  }
}

function leafIn({ leaves, missing }: Omit<HashReply, 'number'>): (event: unknown, at: number) => Hash | undefined {
  const all = Buffer.from(leaves.buffer, leaves.byteOffset, leaves.byteLength);
  const lost = new Set(missing);
  return (_, at) => (lost.has(at) ? undefined : all.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
}
