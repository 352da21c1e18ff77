import { Writable } from 'node:stream';

const WIDTH = 30;
/** If the output is not a terminal, an occasional line is enough. */
const LINE_EVERY_MS = 5_000;

/** The progress of work over the log: one line that is redrawn on a terminal, or separate lines in a log file. */
export class Progress {
  private readonly started = performance.now();
  private lastLine = -Infinity;
  private drawn = false;

  constructor(
    private readonly out: Writable & { readonly isTTY?: boolean },
    private readonly what: string,
  ) {}

  /** `events`: the number handled so far; `fraction`: the part of the whole, from 0 to 1. */
  show(events: number, fraction: number): void {
    const seconds = (performance.now() - this.started) / 1_000;
    const line = describeProgress(this.what, events, Math.min(Math.max(fraction, 0), 1), seconds);
    if (this.out.isTTY) {
      this.out.write(`\r${line}\u001b[K`);
      this.drawn = true;
    } else if (performance.now() - this.lastLine >= LINE_EVERY_MS) {
      this.out.write(`${line}\n`);
      this.lastLine = performance.now();
    }
  }

  /** Leaves the last line on the screen. */
  end(): void {
    if (this.drawn) this.out.write('\n');
    this.drawn = false;
  }
}

/** `rebuilding [=====>    ] 52%  120,000 events  31,000/s  ETA 4 s` */
export function describeProgress(what: string, events: number, fraction: number, seconds: number): string {
  const full = Math.round(fraction * WIDTH);
  const bar = `${'='.repeat(full)}${' '.repeat(WIDTH - full)}`;
  const rate = seconds > 0 ? Math.round(events / seconds) : 0;
  const left = fraction > 0 ? Math.ceil((seconds * (1 - fraction)) / fraction) : undefined;
  const eta = left === undefined ? 'ETA unknown' : `ETA ${left} s`;
  const percent = `${Math.floor(fraction * 100)}%`.padStart(4);
  return `${what} [${bar}] ${percent}  ${count(events)} events  ${count(rate)}/s  ${eta}`;
}

const count = (number: number): string => number.toLocaleString('en-US');
