import { EventStore } from '../event-store/event-store';
import { badInput, ok, refused, Result } from '../kernel/refusal';
import { Clock, Instant, LedgerCalendar, Moment } from '../kernel/time';
import { Cut } from './change';
import { TemporalStore } from './temporal-store';

/** The place and the moments that a question is asked at, resolved once. */
export interface Snapshot {
  /** The last event that is looked at. */
  readonly position: bigint;
  readonly recordedAt: Instant;
  /** The known moment as asked for; undefined where a position was. */
  readonly knownAt?: Instant;
  readonly effectiveAt?: Instant;
}

export interface AsOf {
  readonly knownAt?: Moment;
  readonly position?: bigint;
  readonly effectiveAt?: Moment;
}

export interface LedgerReaderOptions {
  readonly store: TemporalStore;
  readonly log: Pick<EventStore, 'head'>;
  readonly clock: Clock;
  readonly calendar: LedgerCalendar;
  /** How long a question waits for the read models before it is refused. */
  readonly patienceMs: number;
}

/** Resolves the moment that a question is asked at, and never to less than what was on record then. */
export class LedgerReader {
  /** The furthest position that this node has answered from or told a writer: it never answers "now" from less. */
  private floor = 0n;
  private newestRecordedAt: Instant = 0;

  constructor(private readonly options: LedgerReaderOptions) {}

  /** The later of the server's clock and the newest recordedAt that this node knows of. */
  now(): Instant {
    return Math.max(this.options.clock.now(), this.newestRecordedAt);
  }

  /** Where a request without `asOf` is answered, pinned when it starts. */
  async pin(): Promise<Result<Snapshot>> {
    const cut = await this.reach(this.floor);
    return cut.ok ? ok({ position: cut.value.position, recordedAt: cut.value.recordedAt }) : cut;
  }

  /** `pin` for the past. Refusals: BAD_USER_INPUT, AS_OF_IN_FUTURE, READ_MODEL_BEHIND. */
  async resolve(asOf: AsOf): Promise<Result<Snapshot>> {
    if (asOf.position !== undefined && asOf.knownAt !== undefined) {
      return badInput('/at', 'takes knownAt or position, not both');
    }
    const known =
      asOf.position === undefined ? await this.atMoment(asOf.knownAt) : await this.atPosition(asOf.position);
    if (!known.ok) return known;
    this.noteFloor(known.value.position);
    if (asOf.effectiveAt === undefined) return known;
    return ok({ ...known.value, effectiveAt: this.options.calendar.upperBound(asOf.effectiveAt) });
  }

  /** Waits until a write can be read; false where that takes too long. Later requests wait for it, too. */
  async waitFor(position: bigint): Promise<boolean> {
    this.noteFloor(position);
    return (await this.reach(position)).ok;
  }

  /** How far the read models are, for reports on the ledger itself; undefined while they answer nothing. */
  projected(): Promise<Cut | undefined> {
    return this.options.store.watermark();
  }

  private async atPosition(position: bigint): Promise<Result<Snapshot>> {
    const { store, log } = this.options;
    const projected = await store.watermark();
    if (projected === undefined || projected.position < position) {
      const head = await log.head();
      if (position > head) return inFuture(`Position ${String(position)} lies beyond the head of the ledger`);
      const reached = await this.reach(position);
      if (!reached.ok) return reached;
    }
    const { position: last, recordedAt } = await store.cutAt({ position });
    return ok({ position: last, recordedAt });
  }

  private async atMoment(asked: Moment | undefined): Promise<Result<Snapshot>> {
    const { store, clock, calendar, log } = this.options;
    const bound = asked === undefined ? undefined : calendar.upperBound(asked);
    // What is passed already needs no look at the head: nothing can be added before it any more.
    const projected = await store.watermark();
    if (bound !== undefined && projected !== undefined && bound < projected.recordedAt) {
      const { position, recordedAt } = await store.cutAt({ time: bound });
      return ok({ position, recordedAt, knownAt: bound });
    }
    const reached = await this.reach(await log.head());
    if (!reached.ok) return reached;
    const now = Math.max(clock.now(), reached.value.recordedAt);
    const today = asked?.kind === 'date' && asked.date === calendar.dateOf(now);
    if (bound === undefined || today) {
      const { position, recordedAt } = reached.value;
      return ok({ position, recordedAt, knownAt: now });
    }
    if (bound > now) return inFuture('The moment asked for has not come yet');
    const { position, recordedAt } = await store.cutAt({ time: bound });
    return ok({ position, recordedAt, knownAt: bound });
  }

  private noteFloor(position: bigint): void {
    if (position > this.floor) this.floor = position;
  }

  private async reach(position: bigint): Promise<Result<Cut>> {
    const { store, patienceMs } = this.options;
    // Measured on the monotonic clock: the wall clock may be simulated, or step back.
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const cut = await store.watermark();
      if (cut !== undefined && cut.position >= position) {
        this.noteFloor(cut.position);
        this.newestRecordedAt = Math.max(this.newestRecordedAt, cut.recordedAt);
        return ok(cut);
      }
      const left = deadline - performance.now();
      if (left <= 0) {
        return refused({ kind: 'READ_MODEL_BEHIND', message: 'The read models have not come this far yet; try again' });
      }
      await store.moved(position, left);
    }
  }
}

const inFuture = (message: string) => refused({ kind: 'AS_OF_IN_FUTURE', message });
