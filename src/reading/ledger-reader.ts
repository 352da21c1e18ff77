import { EventStore } from '../event-store/event-store';
import { andThen, Awaitable } from '../kernel/async';
import { Patience } from '../kernel/patience';
import { badInput, ok, refused, Result } from '../kernel/refusal';
import { Clock, Instant, LedgerCalendar, Moment } from '../kernel/time';
import { LogPoint } from '../read-model/change';
import { TemporalReader } from '../read-model/temporal-store';

/** The position and the moments of a question, resolved once. */
export interface Snapshot {
  /** The last event that is read. */
  readonly position: bigint;
  readonly recordedAt: Instant;
  /** The requested known moment; undefined if a position was requested. */
  readonly knownAt?: Instant;
  readonly effectiveAt?: Instant;
}

export interface AsOf {
  readonly knownAt?: Moment;
  readonly position?: bigint;
  readonly effectiveAt?: Moment;
}

export interface LedgerReaderOptions {
  readonly store: TemporalReader;
  readonly log: Pick<EventStore, 'head'>;
  readonly clock: Clock;
  readonly calendar: LedgerCalendar;
  /** How long a question waits for the read models before it is refused. */
  readonly patienceMs: number;
  /** That of the request; undefined for a reader that all requests share. */
  readonly patience?: Patience;
}

/** What one node knows, shared by all its requests. */
interface HighWater {
  /** The highest position that this node has answered from, or has returned for a write. It never answers "now" from a lower one. */
  floor: bigint;
  /** The highest point of the read models that this node has seen. Everything up to it is on record. A store that loses it reports that itself. */
  seen?: LogPoint;
}

/** Resolves the moment of a question to a snapshot that holds everything that was on record then. */
export class LedgerReader {
  constructor(
    private readonly options: LedgerReaderOptions,
    private readonly known: HighWater = { floor: 0n },
  ) {}

  /** How long one request waits. */
  newPatience(): Patience {
    return new Patience(this.options.patienceMs);
  }

  /** The same reader for one request, with that request's own store, log and patience. */
  over(asked: Pick<LedgerReaderOptions, 'store' | 'log' | 'patience'>): LedgerReader {
    const { clock, calendar, patienceMs } = this.options;
    const { store, log, patience } = asked;
    return new LedgerReader({ store, log, clock, calendar, patienceMs, patience }, this.known);
  }

  /** The later of the server's clock and the newest recordedAt that this node knows of. */
  now(): Instant {
    return Math.max(this.options.clock.now(), this.known.seen?.recordedAt ?? 0);
  }

  /** Forgets what it has answered and seen. */
  forget(): void {
    this.known.floor = 0n;
    this.known.seen = undefined;
  }

  /** The snapshot for a request without `asOf`, fixed when the request starts. */
  pin(): Awaitable<Result<Snapshot>> {
    return andThen(this.reach(this.known.floor), (point) => {
      if (!point.ok) return point;
      const { position, recordedAt } = point.value;
      return ok({ position, recordedAt });
    });
  }

  /** `pin` for the past. Refusals: BAD_USER_INPUT at `path`, AS_OF_IN_FUTURE, READ_MODEL_BEHIND. */
  resolve(asOf: AsOf, path = '/at'): Awaitable<Result<Snapshot>> {
    if (asOf.position !== undefined && asOf.knownAt !== undefined) {
      return badInput(path, 'takes knownAt or position, not both');
    }
    const known = asOf.position === undefined ? this.atMoment(asOf.knownAt) : this.atPosition(asOf.position);
    return andThen(known, (snapshot) => {
      if (!snapshot.ok) return snapshot;
      this.noteFloor(snapshot.value.position);
      if (asOf.effectiveAt === undefined) return snapshot;
      return ok({ ...snapshot.value, effectiveAt: this.options.calendar.upperBound(asOf.effectiveAt) });
    });
  }

  /**
   * The snapshot that an earlier answer was read at, from the parts that its ids carry; undefined if no answer can have been read
   * there. Refusals: AS_OF_IN_FUTURE, READ_MODEL_BEHIND.
   */
  revisit({ position, knownAt, effectiveAt }: Omit<Snapshot, 'recordedAt'>): Awaitable<Result<Snapshot | undefined>> {
    return andThen(this.atPosition(position), (found) => {
      if (!found.ok) return found;
      const { recordedAt } = found.value;
      // Before the first event every moment is one at position zero.
      const isEarlier = knownAt !== undefined && knownAt < recordedAt && position > 0n;
      if (found.value.position !== position || isEarlier) return ok(undefined);
      if (knownAt !== undefined && knownAt > this.now()) return notYet();
      this.noteFloor(position);
      return ok({ position, recordedAt, knownAt, effectiveAt });
    });
  }

  /** Waits until a write can be read; false if that takes too long. Later requests wait for it too. */
  async waitFor(position: bigint): Promise<boolean> {
    this.noteFloor(position);
    return (await this.reach(position)).ok;
  }

  /** How far the read models are, for reports on the ledger itself; undefined while they answer nothing. */
  projected(): Awaitable<LogPoint | undefined> {
    return this.look();
  }

  /** The newest recordedAt that this node knows of. */
  get newestRecord(): Instant | undefined {
    return this.known.seen?.recordedAt;
  }

  private atPosition(position: bigint): Awaitable<Result<Snapshot>> {
    const point = () =>
      andThen(this.options.store.pointAt({ position }), (last) =>
        ok({ position: last.position, recordedAt: last.recordedAt }),
      );
    const isSeen = () => this.known.seen !== undefined && position <= this.known.seen.position;
    if (isSeen()) return point();
    return andThen(this.look(), () =>
      isSeen() ? point() : andThen(this.reachOnRecord(position), (reached) => (reached.ok ? point() : reached)),
    );
  }

  private async reachOnRecord(position: bigint): Promise<Result<LogPoint>> {
    const head = await this.options.log.head();
    if (position > head) return inFuture(`Position ${String(position)} lies beyond the head of the ledger`);
    return this.reach(position);
  }

  private atMoment(asked: Moment | undefined): Awaitable<Result<Snapshot>> {
    const { calendar } = this.options;
    if (asked === undefined) return this.atHead(asked, undefined);
    const bound = calendar.upperBound(asked);
    // A moment that has passed needs no read of the head: nothing can be added before it.
    const isPassed = () => this.known.seen !== undefined && bound < this.known.seen.recordedAt;
    if (isPassed()) return this.atTime(bound);
    return andThen(this.look(), () => (isPassed() ? this.atTime(bound) : this.atHead(asked, bound)));
  }

  private async atHead(asked: Moment | undefined, bound: Instant | undefined): Promise<Result<Snapshot>> {
    const { clock, calendar, log } = this.options;
    const reached = await this.reach(await log.head());
    if (!reached.ok) return reached;
    const { position, recordedAt } = reached.value;
    const now = Math.max(clock.now(), recordedAt);
    const today = asked?.kind === 'date' && asked.date === calendar.dateOf(now);
    if (bound === undefined || today) return ok({ position, recordedAt, knownAt: now });
    if (bound > now) return notYet();
    return this.atTime(bound);
  }

  private atTime(time: Instant): Awaitable<Result<Snapshot>> {
    return andThen(this.options.store.pointAt({ time }), ({ position, recordedAt }) =>
      ok({ position, recordedAt, knownAt: time }),
    );
  }

  private noteFloor(position: bigint): void {
    if (position > this.known.floor) this.known.floor = position;
  }

  private reach(position: bigint): Awaitable<Result<LogPoint>> {
    return andThen(this.look(), (point) => this.reached(point, position) ?? this.wait(position));
  }

  private async wait(position: bigint): Promise<Result<LogPoint>> {
    const { store, patience = this.newPatience() } = this.options;
    const deadline = patience.waitUntil();
    for (;;) {
      const reached = this.reached(await this.look(), position);
      if (reached !== undefined) {
        patience.caughtUp();
        return reached;
      }
      const left = deadline - performance.now();
      if (left <= 0) {
        return refused({ kind: 'READ_MODEL_BEHIND', message: 'The read models have not come this far yet; try again' });
      }
      await store.waitForWatermark(position, left);
    }
  }

  /** The watermark, which is noted. */
  private look(): Awaitable<LogPoint | undefined> {
    return andThen(this.options.store.watermark(), (point) => {
      if (point !== undefined && (this.known.seen === undefined || point.position > this.known.seen.position))
        this.known.seen = point;
      return point;
    });
  }

  private reached(point: LogPoint | undefined, position: bigint): Result<LogPoint> | undefined {
    if (point === undefined || point.position < position) return undefined;
    this.noteFloor(point.position);
    return ok(point);
  }
}

const notYet = () => inFuture('The moment asked for has not come yet');
const inFuture = (message: string) => refused({ kind: 'AS_OF_IN_FUTURE', message });
