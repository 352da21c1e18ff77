/** A value, or a promise of it. */
export type Awaitable<T> = T | Promise<T>;

/** Calls `next` synchronously if the value is already here: a promise costs more than most answers from memory. */
export const andThen = <A, B>(value: Awaitable<A>, next: (value: A) => Awaitable<B>): Awaitable<B> =>
  value instanceof Promise ? value.then(next) : next(value);

/**
 * For a value that is asked for before others, and awaited together with them. If one of the others throws, nobody awaits it any more, and Node ends
 * a process whose promise is rejected and not handled. Whoever does await it still learns of the rejection.
 */
export function awaitedLater<T>(value: Awaitable<T>): Awaitable<T> {
  if (value instanceof Promise) value.catch(() => undefined);
  return value;
}

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

/**
 * An async iterator that its consumer can close at any time. A step that is here already comes without a promise: in a long sequence the
 * promises would cost more than most steps.
 */
export interface ClosableIterator<T> {
  next(): Awaitable<IteratorResult<T, void>>;
  return(): Promise<IteratorResult<T, void>>;
  throw(error: unknown): Promise<IteratorResult<T, void>>;
  [Symbol.asyncIterator](): ClosableIterator<T>;
}

type Closable<T> = Pick<ClosableIterator<T>, 'next' | 'return' | 'throw'>;

/**
 * Maps each item of an iterator. Unlike a generator around a generator, it can be closed while it waits for an item: the source
 * is closed at once. `ended` is called once, however the iteration ends.
 */
export function mapIterator<A, B>(
  source: Closable<A>,
  make: (item: A) => Awaitable<B>,
  ended: () => void = () => undefined,
): ClosableIterator<B> {
  let isOver = false;
  const over = (): IteratorResult<B, void> => {
    if (!isOver) ended();
    isOver = true;
    return { done: true, value: undefined };
  };
  const failed = (error: unknown): never => {
    over();
    throw error;
  };
  const made = (value: B): IteratorResult<B, void> => ({ done: false, value });
  const mapped: ClosableIterator<B> = {
    next() {
      try {
        const step = andThen(source.next(), (taken) => (taken.done ? over() : andThen(make(taken.value), made)));
        return step instanceof Promise ? step.catch(failed) : step;
      } catch (error) {
        return failed(error);
      }
    },
    return: () => source.return().then(over),
    throw: (error) => source.throw(error).finally(over).then(over),
    [Symbol.asyncIterator]: () => mapped,
  };
  return mapped;
}

/** The items of batches, one by one. The next batch is asked for when the one before has been taken. */
export function eachOf<T>(batches: Closable<readonly T[]>): ClosableIterator<T> {
  let batch: readonly T[] = [];
  let taken = 0;
  const close = (): void => {
    batch = [];
    taken = 0;
  };
  const refilled = (step: IteratorResult<readonly T[], void>): Awaitable<IteratorResult<T, void>> => {
    if (step.done) return { done: true, value: undefined };
    batch = step.value;
    taken = 0;
    return items.next();
  };
  const items: ClosableIterator<T> = {
    next: () =>
      taken < batch.length ? { done: false, value: batch[taken++] as T } : andThen(batches.next(), refilled),
    async return() {
      close();
      await batches.return();
      return { done: true, value: undefined };
    },
    async throw(error) {
      close();
      await batches.throw(error);
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => items,
  };
  return items;
}

/** A function call, so that TypeScript does not narrow `aborted` to false. */
export const isAborted = (signal: AbortSignal): boolean => signal.aborted;
