import fc from 'fast-check';
import { CursorMovedError, CursorStore, FollowState } from '../../client/src/index';
import { isAfter } from '../../client/src/as-of';
import { unreachable } from '../../client/src/failure';
import { FeedItem, Page } from '../../client/src/follow/feed-documents';
import { followFrom } from '../../client/src/follow/follow';
import { LiveConnection } from '../../client/src/follow/live-connection';
import { FeedSource } from '../../client/src/follow/source';
import { WaitingItems } from '../../client/src/follow/waiting-items';
import { PROPERTY_TIMEOUT_MS, runs } from '../support/property';

/** A reader is cut off, overtaken, killed and lied to at every step, and still does the work of each change exactly once, in order. */

interface Change {
  readonly eventId: string;
  readonly position: string;
  /** Whether the filter of the reader matches it. */
  readonly isWanted: boolean;
}

/** What goes wrong at a step, by a random number. A step that knows no such fault goes well. */
const FAULTS = {
  fails: 0,
  failsAfterwards: 1,
  overtaken: 2,
  lagged: 3,
  readerEnds: 4,
  logGrows: 5,
} as const;
const GOES_WELL = 9;

class TransientError extends Error {}

class Stage implements FeedSource<Change>, CursorStore<string[]> {
  readonly done: string[] = [];
  private cursor: string | undefined;
  private readonly log: Change[] = [];
  private connection: WaitingItems<FeedItem<Change>> | undefined;
  private controller = new AbortController();
  private isOver = false;

  constructor(
    private readonly future: Change[],
    private readonly draws: number[],
    private readonly batch: number,
  ) {}

  /** Follows, and begins again as often as the reader was ended, until everything has been handled. */
  async run(): Promise<void> {
    while (!this.isOver) {
      this.controller = new AbortController();
      await followFrom(this, {
        store: this,
        work: (changes, transaction) => {
          this.work(changes, transaction);
        },
        batch: this.batch,
        signal: this.controller.signal,
        onState: (state) => {
          this.seen(state);
        },
        isTransient: (error) => error instanceof TransientError,
        pauseBefore: () => 0,
        isTokenFixed: true,
      });
    }
  }

  load(): string | undefined {
    return this.cursor;
  }

  async commit({ from, to }: { from: string | undefined; to: string }, work: (transaction: string[]) => unknown) {
    const fault = this.draw();
    if (from !== this.cursor) throw new CursorMovedError();
    const transaction: string[] = [];
    await work(transaction);
    if (fault === FAULTS.fails) throw new TransientError('rolled back');
    this.done.push(...transaction);
    this.cursor = to;
    if (fault === FAULTS.failsAfterwards) throw new TransientError('committed, but not answered');
    if (to === this.head()) this.goOn();
  }

  page(after: string, first: number): Promise<Page<Change>> {
    if (this.draw() === FAULTS.fails) return Promise.reject(unreachable('cut'));
    // As the server does, it scans a part of the log only.
    const scanned = this.log.filter(({ position }) => isAfter(position, after)).slice(0, 4);
    const wanted = scanned.filter(({ isWanted }) => isWanted);
    const nodes = wanted.slice(0, first);
    const last = wanted.length > first ? nodes.at(-1) : scanned.at(-1);
    const position = last?.position ?? after;
    return Promise.resolve({ nodes, position, pageInfo: { hasNextPage: isAfter(this.head(), position) } });
  }

  live(after: string, most: number, signal: AbortSignal): LiveConnection<FeedItem<Change>> {
    const waiting = new WaitingItems<FeedItem<Change>>(most);
    const end = (kind: 'OVERTAKEN' | 'FAILED'): void => {
      waiting.finish(kind === 'FAILED' ? { kind, error: unreachable('cut') } : { kind });
    };
    const fault = this.draw();
    const missing = this.log.filter(({ position }) => isAfter(position, after));
    const some = fault === FAULTS.fails || fault === FAULTS.failsAfterwards ? missing.slice(0, 1) : missing;
    this.give(waiting, some);
    if (fault === FAULTS.fails || fault === FAULTS.failsAfterwards) end('FAILED');
    if (fault === FAULTS.overtaken) end('OVERTAKEN');
    if (fault === FAULTS.lagged) this.mark(waiting, 'LAGGED');
    this.mark(waiting, 'CAUGHT_UP');
    this.connection = waiting;
    if (signal.aborted) end('FAILED');
    signal.addEventListener('abort', () => {
      end('FAILED');
    });
    return {
      take: () => waiting.take(),
      close: () => {
        end('FAILED');
      },
    };
  }

  private work(changes: readonly Change[], transaction: string[]): void {
    for (const { position } of changes) transaction.push(position);
    if (this.draw() === FAULTS.fails) throw new TransientError('the work failed');
  }

  private give(waiting: WaitingItems<FeedItem<Change>>, changes: readonly Change[]): void {
    for (const change of changes.filter(({ isWanted }) => isWanted)) {
      if (!waiting.add({ __typename: 'Change', ...change })) waiting.finish({ kind: 'OVERTAKEN' });
    }
  }

  private mark(waiting: WaitingItems<FeedItem<Change>>, kind: 'CAUGHT_UP' | 'PROGRESS' | 'LAGGED'): void {
    const isAdded = waiting.add({ __typename: 'FeedMark', kind, position: this.head() });
    if (!isAdded) waiting.finish({ kind: 'OVERTAKEN' });
  }

  private seen(state: FollowState): void {
    if (state.kind === 'LIVE' && state.position === this.head()) this.goOn();
  }

  private goOn(): void {
    if (this.future.length > 0) this.grow();
    else {
      this.isOver = true;
      this.controller.abort();
    }
  }

  private grow(): void {
    const next = this.future.splice(0, 1 + (this.log.length % 7));
    this.log.push(...next);
    if (this.connection === undefined) return;
    this.give(this.connection, next);
    this.mark(this.connection, 'PROGRESS');
  }

  private head(): string {
    return this.log.at(-1)?.position ?? '0';
  }

  private draw(): number {
    const drawn = this.draws.shift() ?? GOES_WELL;
    if (drawn === FAULTS.readerEnds) this.controller.abort();
    if (drawn === FAULTS.logGrows) this.grow();
    return drawn;
  }
}

const changes = fc
  .array(fc.record({ gap: fc.integer({ min: 1, max: 3 }), isWanted: fc.boolean() }), { maxLength: 40 })
  .map((steps) => {
    let position = 0;
    return steps.map(({ gap, isWanted }): Change => {
      position += gap;
      return { eventId: `e${position}`, position: String(position), isWanted };
    });
  });

test(
  'every change that matches is handled once and in order, whatever breaks',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        changes,
        fc.array(fc.integer({ min: 0, max: GOES_WELL }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 6 }),
        async (all, draws, batch) => {
          const stage = new Stage([...all], [...draws], batch);
          await stage.run();
          expect(stage.done).toEqual(all.filter(({ isWanted }) => isWanted).map(({ position }) => position));
          expect(stage.load() ?? '0').toBe(all.at(-1)?.position ?? '0');
        },
      ),
      runs(300),
    );
  },
  PROPERTY_TIMEOUT_MS,
);
