import { LimitName } from '../kernel/limits';
import { HttpRefusal } from './refusal';

/** How many principals may have all of their bytes on the way at the same time. */
const PRINCIPALS = 4;
/** What a part costs beyond its bytes: a client can send a body byte by byte. */
const PART_BYTES = 256;

/** The bytes of requests that are on the way: a client that sends only half of each request must not fill the memory. */
export class ReceivedBytes {
  private readonly of = new Map<string, number>();
  private all = 0;

  constructor(private readonly most: number) {}

  /** Counts a part that has arrived. Throws `HttpRefusal` if there is no room for more. */
  add(principal: string, bytes: number): number {
    const counted = bytes + PART_BYTES;
    const known = this.of.get(principal) ?? 0;
    if (known + counted > this.most) throw refusal('TOO_MANY_REQUESTS', 'You send too much at the same time');
    if (this.all + counted > PRINCIPALS * this.most) throw refusal('OVERLOADED', 'Too much is sent at the same time');
    this.of.set(principal, known + counted);
    this.all += counted;
    return counted;
  }

  /** Gives back what `add` has counted. */
  remove(principal: string, counted: number): void {
    const left = (this.of.get(principal) ?? 0) - counted;
    if (left > 0) this.of.set(principal, left);
    else this.of.delete(principal);
    this.all -= counted;
  }
}

function refusal(status: 'TOO_MANY_REQUESTS' | 'OVERLOADED', message: string): HttpRefusal {
  const limit: LimitName = 'maxReceivingBytes';
  return new HttpRefusal(status, `${message}; try again`, { 'retry-after': '1' }, { limit });
}
