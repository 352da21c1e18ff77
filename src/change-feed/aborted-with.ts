import { setMaxListeners } from 'node:events';

/**
 * A controller of one request that a signal of all requests aborts, too. It has to be aborted in the end, and leaves nothing behind then: of
 * `AbortSignal.any`, the shared signal would keep a weak reference for as long as it lives.
 */
export function abortedWith(shared: AbortSignal): AbortController {
  const own = new AbortController();
  const abort = (): void => {
    own.abort(shared.reason);
  };
  if (shared.aborted) {
    abort();
    return own;
  }
  // As many as there are requests.
  setMaxListeners(0, shared);
  shared.addEventListener('abort', abort, { once: true });
  own.signal.addEventListener(
    'abort',
    () => {
      shared.removeEventListener('abort', abort);
    },
    { once: true },
  );
  return own;
}
