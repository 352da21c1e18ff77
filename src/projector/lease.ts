/**
 * Decides which of several processes projects: one holds the lease, the others wait. The contract suite
 * (tests/projector/lease.contract.ts) defines this port.
 */
export interface Lease {
  /**
   * Waits for the lease, does the work under it, and releases it. The work receives a fencing token, higher than those of all
   * earlier holders, and a signal. The signal aborts when `signal` does, or when the lease may be lost; then the work must end.
   * If `signal` aborts first, resolves without any work. Outages are thrown as `Outage`.
   */
  hold(signal: AbortSignal, work: (token: bigint, held: AbortSignal) => Promise<void>): Promise<void>;
}

/** For a process that never does the work. */
export const NEVER: Lease = {
  hold: (signal) =>
    new Promise((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => { resolve(); }, { once: true }); // prettier-ignore
    }),
};

/** For a store that only this process can write. */
export const NO_LEASE: Lease = { hold: (signal, work) => work(0n, signal) };
