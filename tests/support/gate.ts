import { Bell } from '../../src/kernel/async';
import { NO_LEASE, Lease, LeasedWork } from '../../src/projector/lease';

/** A lease that a test can take away and give back. */
export class Gate implements Lease {
  private closed: AbortController | undefined = new AbortController();
  private readonly changed = new Bell();
  private working = false;

  constructor(private readonly lease: Lease = NO_LEASE) {}

  /** Resolves when no projector holds it. */
  async close(): Promise<void> {
    this.closed?.abort();
    this.closed = undefined;
    while (this.working) await this.changed.wait();
  }

  open(): void {
    this.closed ??= new AbortController();
    this.changed.ring();
  }

  async hold(signal: AbortSignal, work: LeasedWork): Promise<void> {
    while (this.closed === undefined) {
      if (signal.aborted) return;
      await this.changed.wait({ signal });
    }
    this.working = true;
    try {
      await this.lease.hold(AbortSignal.any([signal, this.closed.signal]), work);
    } finally {
      this.working = false;
      this.changed.ring();
    }
  }
}
