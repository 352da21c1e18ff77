import { setTimeout as pause } from 'node:timers/promises';

const TRIES = 1_000;
const PAUSE_MS = 20;

/** Asks until there is an answer, which is not undefined or false; an outage is none. Fails after so many tries. */
export async function eventually<T>(what: string, probe: () => Promise<T | undefined | false>): Promise<T> {
  let failure: unknown;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    try {
      const answer = await probe();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      failure = error;
    }
    await pause(PAUSE_MS);
  }
  throw new Error(`It never came to this: ${what}`, { cause: failure });
}
