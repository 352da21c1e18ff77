import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { LastingTroubles } from '../../kernel/lasting-troubles';
import { Hash, HASH_BYTES } from '../tree/hashes';
import { HASHER_IN_THIS_THREAD, LeafHasher, OrderedEvent, withoutTheirTexts } from '../hashing/leaf-hasher';

export type ToHash = { readonly events: readonly OrderedEvent[] } | { readonly forms: readonly string[] };

export type HashRequest = ToHash & { readonly number: number };

export interface HashReply {
  readonly number: number;
  /** One after the other: to hand over many small buffers takes longer than to hash. */
  readonly leaves: Uint8Array;
  /** The places of events that have no canonical form. */
  readonly missing: readonly number[];
}

/** Gets undefined if the worker has failed. */
type Receiver = (reply: HashReply | undefined) => void;

/** Fewer are hashed in this thread: that takes less time than the way to the worker and back. */
const FEWEST = 64;
/** After a failure, such as too many open files, the worker is not started for so long. */
const RETRY_MS = 60_000;
/** The part of the work that has a trouble. */
const PART = 'hashing';

/**
 * Computes leaves in a worker thread, which receives the events. It starts with the first long list. While it cannot work, leaves
 * are computed in this thread.
 */
export class WorkerHasher implements LeafHasher {
  private readonly waiting = new Map<number, Receiver>();
  private worker: Worker | undefined;
  /** No worker starts before that. */
  private notBefore = -Infinity;
  private next = 0;

  constructor(
    private readonly troubles: Pick<LastingTroubles, 'met' | 'over'>,
    /** How Node runs the worker; by default as it runs this thread. */
    private readonly execArgv?: readonly string[],
    private readonly retryMs = RETRY_MS,
  ) {}

  async hash(events: readonly OrderedEvent[]): Promise<readonly (Hash | undefined)[]> {
    const reply = events.length < FEWEST ? undefined : await this.ask({ events: events.map(withoutTheirTexts) });
    if (reply === undefined) return HASHER_IN_THIS_THREAD.hash(events);
    const lost = new Set(reply.missing);
    return hashesIn(reply.leaves).map((leaf, at) => (lost.has(at) ? undefined : leaf));
  }

  async hashForms(forms: readonly string[]): Promise<readonly Hash[]> {
    const reply = forms.length < FEWEST ? undefined : await this.ask({ forms });
    return reply === undefined ? HASHER_IN_THIS_THREAD.hashForms(forms) : hashesIn(reply.leaves);
  }

  async close(): Promise<void> {
    this.notBefore = Infinity;
    await this.worker?.terminate();
    this.giveUp();
  }

  private ask(toHash: ToHash): Promise<HashReply | undefined> {
    const worker = this.started();
    if (worker === undefined) return Promise.resolve(undefined);
    const request: HashRequest = { ...toHash, number: this.next++ };
    return new Promise((resolve) => {
      this.waiting.set(request.number, resolve);
      worker.ref();
      worker.postMessage(request);
    });
  }

  private started(): Worker | undefined {
    if (performance.now() < this.notBefore) return undefined;
    try {
      return (this.worker ??= this.start());
    } catch (error) {
      this.failed(error);
      return undefined;
    }
  }

  private failed(error: unknown): void {
    this.worker = undefined;
    this.notBefore = Math.max(this.notBefore, performance.now() + this.retryMs);
    this.troubles.met(PART, error);
    this.giveUp();
  }

  private start(): Worker {
    // Not given: Node would refuse options such as --max-semi-space-size, which it leaves out by itself.
    const options = this.execArgv === undefined ? {} : { execArgv: [...this.execArgv] };
    const worker = new Worker(join(__dirname, `leaf-worker${extname(__filename)}`), options);
    worker.unref();
    worker.on('message', (reply: HashReply) => {
      this.troubles.over(PART);
      const receive = this.waiting.get(reply.number);
      this.waiting.delete(reply.number);
      if (this.waiting.size === 0) worker.unref();
      receive?.(reply);
    });
    worker.on('error', (error) => {
      this.failed(error);
    });
    return worker;
  }

  private giveUp(): void {
    for (const receive of this.waiting.values()) receive(undefined);
    this.waiting.clear();
  }
}

function hashesIn(leaves: Uint8Array): readonly Hash[] {
  const all = Buffer.from(leaves.buffer, leaves.byteOffset, leaves.byteLength);
  return Array.from({ length: leaves.byteLength / HASH_BYTES }, (_, at) =>
    all.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
  );
}
