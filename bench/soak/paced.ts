import { setTimeout as pause } from 'node:timers/promises';

/** Repeats work at a steady rate until the signal, at most so many at once: a slow server gets less load, not a queue. */
export async function paced(
  work: () => Promise<void>,
  { perSecond, atOnce, signal }: { readonly perSecond: number; readonly atOnce: number; readonly signal: AbortSignal },
): Promise<void> {
  const every = (1_000 / perSecond) * atOnce;
  await Promise.all(
    Array.from({ length: atOnce }, async (_, index) => {
      await pause((every / atOnce) * index, undefined, { signal }).catch(() => undefined);
      while (!signal.aborted) {
        const start = performance.now();
        await work();
        const rest = every - (performance.now() - start);
        if (rest > 0) await pause(rest, undefined, { signal }).catch(() => undefined);
      }
    }),
  );
}
