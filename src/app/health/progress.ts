/** A projector that dies is replaced within this time. */
const STUCK_MS = 5_000;

/** Whether the read models move while they are behind the log. */
export class Progress {
  private head = 0n;
  private at: { readonly position: bigint; readonly since: number } | undefined;

  /** The head of the log, as it was read last. */
  target(head: bigint): void {
    this.head = head;
  }

  isStuckAt(position: bigint): boolean {
    if (position >= this.head) this.at = undefined;
    else if (this.at?.position !== position) this.at = { position, since: performance.now() };
    return this.at !== undefined && performance.now() - this.at.since > STUCK_MS;
  }
}
