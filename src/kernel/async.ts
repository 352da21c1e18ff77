/** A value, or a promise of it. */
export type Awaitable<T> = T | Promise<T>;

/** Calls `next` synchronously if the value is already here: a promise costs more than most answers from memory. */
export const andThen = <A, B>(value: Awaitable<A>, next: (value: A) => Awaitable<B>): Awaitable<B> =>
  value instanceof Promise ? value.then(next) : next(value);

/** What a request uses of an `AbortSignal`. */
export interface AbortState {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Wakes waiting callers. A ring only means "check again"; it carries no data. */
export class Bell {
  private readonly waiting = new Set<() => void>();

  ring(): void {
    const woken = [...this.waiting];
    this.waiting.clear();
    for (const wake of woken) wake();
  }

  /** Resolves at the next ring, after `timeoutMs` (if given), or when the signal aborts: whichever comes first. */
  wait(options: { readonly timeoutMs?: number; readonly signal?: AbortState } = {}): Promise<void> {
    const { timeoutMs, signal } = options;
    return new Promise((resolve) => {
      if (signal?.aborted) {
        resolve();
        return;
      }
      const wake = (): void => {
        this.waiting.delete(wake);
        signal?.removeEventListener('abort', wake);
        clearTimeout(timer);
        resolve();
      };
      const timer = timeoutMs === undefined ? undefined : setTimeout(wake, timeoutMs);
      this.waiting.add(wake);
      signal?.addEventListener('abort', wake);
    });
  }
}

/** Coalesces concurrent calls. A call that comes during a run shares the next run, so no result is older than its call. */
export class SharedWork<T> {
  private running: Promise<T> | undefined;
  private next: Promise<T> | undefined;

  constructor(private readonly work: () => Promise<T>) {}

  run(): Promise<T> {
    if (this.running === undefined) return this.start();
    this.next ??= this.running.then(
      () => this.start(),
      () => this.start(),
    );
    return this.next;
  }

  private start(): Promise<T> {
    this.next = undefined;
    const running = this.work().finally(() => {
      if (this.running === running) this.running = undefined;
    });
    this.running = running;
    return running;
  }
}

/** Runs the tasks of one key one after the other, and tasks of different keys concurrently. */
export class KeyedQueue {
  private readonly tails = new Map<string, Promise<unknown>>();

  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.tails.get(key) ?? Promise.resolve();
    const result = before.then(task, task);
    this.tails.set(key, result);
    try {
      return await result;
    } finally {
      if (this.tails.get(key) === result) this.tails.delete(key);
    }
  }
}

/** An async iterator that its consumer can close at any time. */
export interface ClosableIterator<T> extends AsyncIterable<T> {
  next(): Promise<IteratorResult<T, void>>;
  return(): Promise<IteratorResult<T, void>>;
  throw(error: unknown): Promise<IteratorResult<T, void>>;
  [Symbol.asyncIterator](): ClosableIterator<T>;
}

/**
 * Maps each item of an iterator. Unlike a generator around a generator, it can be closed while it waits for an item: the source
 * is closed at once. `ended` is called once, however the iteration ends.
 */
export function mapIterator<A, B>(
  source: Pick<ClosableIterator<A>, 'next' | 'return' | 'throw'>,
  make: (item: A) => Awaitable<B>,
  ended: () => void = () => undefined,
): ClosableIterator<B> {
  let isOver = false;
  const over = (): IteratorResult<B, void> => {
    if (!isOver) ended();
    isOver = true;
    return { done: true, value: undefined };
  };
  const mapped: ClosableIterator<B> = {
    async next() {
      try {
        const step = await source.next();
        return step.done ? over() : { done: false, value: await make(step.value) };
      } catch (error) {
        over();
        throw error;
      }
    },
    return: () => source.return().then(over),
    throw: (error) => source.throw(error).finally(over).then(over),
    [Symbol.asyncIterator]: () => mapped,
  };
  return mapped;
}

/** A function call, so that TypeScript does not narrow `aborted` to false. */
export const isAborted = (signal: AbortSignal): boolean => signal.aborted;
