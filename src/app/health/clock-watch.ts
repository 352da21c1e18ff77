import { Clock, Instant } from '../../kernel/time';

export type ClockTrouble = 'events ahead' | 'stepped back';

export interface ClockWatchOptions {
  readonly clock: Clock;
  /** The newest recordedAt of the ledger, if it is known. */
  readonly newestRecord: () => Instant | undefined;
  /** Called when the trouble changes; undefined: it is over. */
  readonly onTurn: (trouble: ClockTrouble | undefined, warning: string | undefined) => void;
}

/** The embedded store refuses appends that are further ahead. */
const ALLOWED_AHEAD_MS = 5 * 60_000;
/** Smaller steps are usual where a machine keeps its clock in time. */
const ALLOWED_BACK_MS = 1_000;

/** Watches whether events are stamped ahead of the clock of this node, and whether that clock has stepped back. */
export class ClockWatch {
  private furthest: Instant = -Infinity;
  private trouble: ClockTrouble | undefined;
  private text: string | undefined;

  constructor(private readonly options: ClockWatchOptions) {}

  /** What is wrong, in one line; undefined if nothing is. */
  get warning(): string | undefined {
    return this.text;
  }

  look(): void {
    const { clock, newestRecord, onTurn } = this.options;
    const now = clock.now();
    const aheadMs = (newestRecord() ?? -Infinity) - now;
    this.furthest = Math.max(this.furthest, now);
    const backMs = this.furthest - now;
    const trouble = aheadMs > ALLOWED_AHEAD_MS ? 'events ahead' : backMs > ALLOWED_BACK_MS ? 'stepped back' : undefined;
    this.text = trouble && (trouble === 'events ahead' ? eventsAhead(aheadMs) : steppedBack(backMs));
    if (trouble === this.trouble) return;
    this.trouble = trouble;
    onTurn(trouble, this.text);
  }
}

const eventsAhead = (milliseconds: number): string =>
  `The newest event is stamped ${duration(milliseconds)} ahead of the clock of this node: one of the two clocks is wrong`;
const steppedBack = (milliseconds: number): string =>
  `The clock of this node is ${duration(milliseconds)} behind a time that it has shown before: it stepped back`;

function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`;
}
