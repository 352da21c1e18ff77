/** A signal that also ends what takes too long. `end` has to be called when it is over. */
export function bounded(ms: number, outer?: AbortSignal): { readonly signal: AbortSignal; readonly end: () => void } {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort(outer?.reason);
  };
  const late = setTimeout(() => {
    controller.abort(new Error(`There was no answer within ${ms / 1_000} seconds`));
  }, ms);
  if (outer?.aborted === true) abort();
  outer?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(late);
      outer?.removeEventListener('abort', abort);
    },
  };
}
