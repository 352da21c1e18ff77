/**
 * Who projects, where several processes could. One holds the lease; the others wait. The contract suite
 * (tests/projector/lease.contract.ts) is this port's definition.
 */
export interface Lease {
  /**
   * Waits for the lease, does the work under it, and gives it back. The work gets a token, above those of all holders before
   * it, and a signal that aborts when `signal` does or when the lease may be lost: it has to end then. Resolves without
   * having worked where `signal` aborts first. Outages are thrown as `Outage`.
   */
  hold(signal: AbortSignal, work: (token: bigint, held: AbortSignal) => Promise<void>): Promise<void>;
}

/** Where nobody else can write. */
export const ALONE: Lease = { hold: (signal, work) => work(0n, signal) };
