import { once } from 'node:events';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { RequestAborted } from '../../kernel/outage';
import { asOutage } from '../../machine/reaching-files';
import { FileOrder } from './file-order';
import { WritingError } from './writing-error';

export interface WritingThreadOptions {
  readonly timeoutMs?: number;
  readonly heapMb?: number;
  /** After so long without a file the thread ends, and its memory is free. */
  readonly idleMs?: number;
  /** How Node runs the thread; by default as it runs this one. */
  readonly execArgv?: readonly string[];
}

const DEFAULTS = { timeoutMs: 30_000, heapMb: 256, idleMs: 60_000 };

/**
 * Writes one file at a time in a worker thread, which has bounds on its time and its heap. The thread starts with the first file. If a file
 * is not finished, the thread ends, and the next file starts another one.
 */
export class WritingThread {
  private readonly bounds: typeof DEFAULTS;
  private worker: Worker | undefined;
  private idle: NodeJS.Timeout | undefined;

  constructor(private readonly options: WritingThreadOptions = {}) {
    this.bounds = { ...DEFAULTS, ...options };
  }

  /** Throws `WritingError`, `Outage` if the machine starts no thread or opens no file, and `RequestAborted` when the signal aborts. */
  async write(order: FileOrder, signal: AbortSignal): Promise<Uint8Array> {
    if (signal.aborted) throw new RequestAborted();
    clearTimeout(this.idle);
    try {
      const worker = (this.worker ??= this.start());
      const bytes = await this.answerOf(worker, order, signal);
      this.idle = setTimeout(() => void this.close(), this.bounds.idleMs).unref();
      return bytes;
    } catch (error) {
      await this.close();
      throw asOutage(error);
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.idle);
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }

  private start(): Worker {
    const { execArgv } = this.options;
    const worker = new Worker(join(__dirname, `thread-script${extname(__filename)}`), {
      resourceLimits: { maxOldGenerationSizeMb: this.bounds.heapMb },
      // Not given: Node would refuse options such as --max-semi-space-size, which it leaves out by itself.
      ...(execArgv === undefined ? {} : { execArgv: [...execArgv] }),
    });
    // Without a listener, an error would end the server. Who waits for a file gets it.
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      if (this.worker === worker) this.worker = undefined;
    });
    // One that waits for a file does not keep the process alive.
    worker.unref();
    return worker;
  }

  private async answerOf(worker: Worker, order: FileOrder, signal: AbortSignal): Promise<Uint8Array> {
    const { timeoutMs } = this.bounds;
    const stopped = new AbortController();
    const leave = (): void => {
      stopped.abort(new RequestAborted());
    };
    const timer = setTimeout(() => {
      stopped.abort(new WritingError('FAILED', `It took longer than ${timeoutMs / 1_000} s`));
    }, timeoutMs);
    signal.addEventListener('abort', leave);
    try {
      worker.ref();
      worker.postMessage(order);
      const listening = { signal: stopped.signal };
      return await Promise.race([fileOf(worker, listening), endOf(worker, listening)]);
    } catch (error) {
      throw stopped.signal.aborted ? stopped.signal.reason : error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
      worker.unref();
      // Removes the listeners.
      stopped.abort();
    }
  }
}

interface Listening {
  readonly signal: AbortSignal;
}

async function fileOf(worker: Worker, listening: Listening): Promise<Uint8Array> {
  try {
    const [bytes] = (await once(worker, 'message', listening)) as [Uint8Array];
    return bytes;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error;
    throw new WritingError('FAILED', 'It took too much memory', { cause: error });
  }
}

async function endOf(worker: Worker, listening: Listening): Promise<never> {
  const [status] = (await once(worker, 'exit', listening)) as [number];
  throw new WritingError('FAILED', `The thread ended with status ${status}`);
}
