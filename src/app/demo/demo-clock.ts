import { Clock, formatInstant, Instant } from '../../kernel/time';

/** The time of a demo: constant during a step, then set to the next step's time. It never goes back. */
export class DemoClock implements Clock {
  private at: Instant = 0;

  now(): Instant {
    return this.at;
  }

  advanceTo(at: Instant): void {
    if (at < this.at) throw new RangeError(`${formatInstant(at)} is before ${formatInstant(this.at)}`);
    this.at = at;
  }
}
