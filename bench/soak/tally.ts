/** Counts what became of the parts of a load, and keeps what nobody expected. */
export class Tally {
  private readonly counts = new Map<string, number>();
  private readonly surprises: string[] = [];
  private surprised = 0;

  count(what: string): void {
    this.counts.set(what, this.of(what) + 1);
  }

  of(what: string): number {
    return this.counts.get(what) ?? 0;
  }

  unexpected(what: string, reason: unknown): void {
    this.surprised++;
    if (this.surprises.length < MOST_SURPRISES) this.surprises.push(`${what}: ${textOf(reason)}`);
  }

  get unexpectedCount(): number {
    return this.surprised;
  }

  /** The first of them, one line each. */
  get unexpectedLines(): readonly string[] {
    return this.surprises;
  }
}

const MOST_SURPRISES = 20;

function textOf(reason: unknown): string {
  if (!(reason instanceof Error)) return String(reason);
  return reason.cause instanceof Error ? `${reason.message} (${reason.cause.message})` : reason.message;
}
