import { LimitName } from '../kernel/limits';
import { HttpRefusal } from './refusal';

/** Counts the requests that a principal has in flight on this node. */
export class RequestsInFlight {
  private readonly of = new Map<string, number>();

  constructor(
    private readonly most: number,
    /** By default requests of all kinds are counted. */
    private readonly tooMany = tooManyRequests,
  ) {}

  /** Counts one request. Throws `HttpRefusal` if the principal has too many. Returns a function that no longer counts it. */
  enter(principal: string): () => void {
    const before = this.of.get(principal) ?? 0;
    if (before >= this.most) throw this.tooMany(this.most);
    this.of.set(principal, before + 1);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.leave(principal);
    };
  }

  private leave(principal: string): void {
    const left = (this.of.get(principal) ?? 0) - 1;
    if (left > 0) this.of.set(principal, left);
    else this.of.delete(principal);
  }
}

function tooManyRequests(most: number): HttpRefusal {
  const limit: LimitName = 'maxRequestsInFlight';
  const message = `You have ${most} requests that are not answered yet; wait for one of them`;
  return new HttpRefusal('TOO_MANY_REQUESTS', message, { 'retry-after': '1' }, { limit, allowed: most });
}
