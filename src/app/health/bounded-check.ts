import { Bell } from '../../kernel/async';
import { LogMismatch, Outage } from '../../kernel/outage';

/** Finds out what is wrong, in one line; undefined if nothing is. An outage that it throws is what is wrong, too. */
export type Check = () => Promise<string | undefined>;

/** A check that is waited for only so long, whatever hangs. While it runs, it is not begun a second time. */
export class BoundedCheck {
  private running: { readonly since: number; readonly problem: Promise<string | undefined> } | undefined;

  constructor(
    private readonly check: Check,
    private readonly limitMs: number,
  ) {}

  async problem(): Promise<string | undefined> {
    this.running ??= { since: performance.now(), problem: this.run() };
    const { since, problem } = this.running;
    const over = new Bell();
    const late = over.wait({ timeoutMs: Math.max(0, since + this.limitMs - performance.now()) });
    try {
      return await Promise.race([problem, late.then(() => 'it does not answer')]);
    } finally {
      over.ring();
    }
  }

  private async run(): Promise<string | undefined> {
    try {
      return await this.check();
    } catch (error) {
      return problemOf(error);
    } finally {
      this.running = undefined;
    }
  }
}

/** Without what a driver says in parentheses, which may name machines. */
function problemOf(error: unknown): string {
  if (error instanceof LogMismatch) return error.message;
  return error instanceof Outage ? error.message.replace(/ \(.*\)$/s, '') : 'it fails';
}
