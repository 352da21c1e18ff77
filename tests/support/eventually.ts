import { setTimeout as pause } from 'node:timers/promises';
import timeLimits from './time-limits.json';

const PAUSE_MS = 20;

/** Asks until there is an answer other than undefined or false. An outage is not an answer. Fails after a limited time. */
export async function eventually<T>(what: string, probe: () => Promise<T | undefined | false>): Promise<T> {
  const deadline = performance.now() + timeLimits.eventually;
  let failure: unknown;
  while (performance.now() < deadline) {
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
