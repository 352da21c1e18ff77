import { Telemetry, TroubleSource } from './telemetry';

/**
 * The troubles of work that is tried again until it succeeds. Each is reported when it begins, not each time it is met, and not again if
 * another part meets the same one. That all are over is reported, too.
 */
export class LastingTroubles {
  /** What is wrong with each part of the work. */
  private readonly lasting = new Map<string, string>();

  constructor(
    private readonly telemetry: Telemetry,
    private readonly source: TroubleSource,
  ) {}

  /** What is wrong with the part that has failed for the longest time; undefined if all works. */
  get problem(): string | undefined {
    const [first] = this.lasting.values();
    return first;
  }

  /** A try has failed. */
  met(part: string, error: unknown): void {
    if (this.lasting.has(part)) return;
    const problem = error instanceof Error ? error.message : String(error);
    const isKnown = [...this.lasting.values()].includes(problem);
    this.lasting.set(part, problem);
    if (!isKnown) this.telemetry.report({ kind: 'trouble', source: this.source, error });
  }

  /** A try has succeeded, or the part is not tried any more. */
  over(part: string): void {
    if (this.lasting.delete(part) && this.lasting.size === 0) {
      this.telemetry.report({ kind: 'trouble-over', source: this.source });
    }
  }
}
