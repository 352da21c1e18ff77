import { ClosableIterator } from '../../kernel/async';
import { Reply } from './reply';

/**
 * The replies of an operation that starts with the first `next`. `return` says that nobody wants them any more: it aborts the signal of the
 * operation, also while there is no reply yet.
 */
export function runningOperation(
  start: () => Promise<Reply | ClosableIterator<Reply>>,
  over: AbortController,
): ClosableIterator<Reply> {
  let started: Promise<ClosableIterator<Reply>> | undefined;
  let replies: ClosableIterator<Reply> | undefined;
  const begin = (): Promise<ClosableIterator<Reply>> =>
    (started ??= start().then((result) => (replies = Symbol.asyncIterator in result ? result : single(result))));
  const running: ClosableIterator<Reply> = {
    next: () => (replies === undefined ? begin().then((begun) => begun.next()) : replies.next()),
    async return() {
      over.abort();
      // An operation that failed has no replies to end.
      const begun = await started?.catch(() => undefined);
      await begun?.return();
      return DONE;
    },
    async throw(error) {
      await running.return();
      throw error;
    },
    [Symbol.asyncIterator]: () => running,
  };
  return running;
}

const DONE: IteratorResult<Reply, void> = { done: true, value: undefined };

function single(reply: Reply): ClosableIterator<Reply> {
  let left: Reply | undefined = reply;
  const once: ClosableIterator<Reply> = {
    next() {
      const value = left;
      left = undefined;
      return Promise.resolve(value === undefined ? DONE : { done: false, value });
    },
    return() {
      left = undefined;
      return Promise.resolve(DONE);
    },
    throw: (error: Error) => Promise.reject(error),
    [Symbol.asyncIterator]: () => once,
  };
  return once;
}
