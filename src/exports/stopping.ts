import { Outage } from '../kernel/outage';
import { Worker } from '../kernel/turns';

export const stopping = (): Outage => new Outage('Nobody waits for the answer, or the server is stopping');

/** Long work for an answer that is being sent. */
export const workerOf = (owner: string, signal: AbortSignal): Worker => ({
  owner,
  requireGoing: () => {
    if (signal.aborted) throw stopping();
  },
  took: () => undefined,
});
