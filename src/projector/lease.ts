/**
 * Decides which of several processes projects: one holds the lease, the others wait. The contract suite
 * (tests/projector/lease.contract.ts) defines this port.
 */
export interface Lease {
  /**
   * Waits for the lease, does the work under it, and releases it. The work receives a fencing token, higher than those of all
   * earlier holders, and a signal. The signal aborts when `signal` does, or when the lease may be lost; then the work must end.
   * `isHeld` is exact: a process that was halted asks it before it does what only the holder may do, because the signal comes later.
   * If `signal` aborts first, resolves without any work. Outages are thrown as `Outage`.
   */
  hold(signal: AbortSignal, work: LeasedWork): Promise<void>;
}

export type LeasedWork = (token: bigint, held: AbortSignal, isHeld: () => boolean) => Promise<void>;

/** For a process that never does the work. */
export const NEVER: Lease = {
  hold: (signal) =>
    new Promise((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => { resolve(); }, { once: true }); // prettier-ignore
    }),
};

/** For a store that only this process can write. */
export const NO_LEASE: Lease = { hold: (signal, work) => work(0n, signal, () => true) };
