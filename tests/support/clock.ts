import { Clock, Instant, readInstant } from '../../src/kernel/time';

/** A time that only its test changes, forwards or backwards. Moments are milliseconds, or as `formatInstant` writes them. */
export class TestClock implements Clock {
  private at: Instant;

  constructor(start: Instant | string) {
    this.at = instantOf(start);
  }

  now(): Instant {
    return this.at;
  }

  set(moment: Instant | string): void {
    this.at = instantOf(moment);
  }

  move(milliseconds: number): void {
    this.at += milliseconds;
  }
}

const instantOf = (moment: Instant | string): Instant => (typeof moment === 'number' ? moment : readInstant(moment));
