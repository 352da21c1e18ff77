import { setImmediate as nextTurn } from 'node:timers/promises';
import * as fc from 'fast-check';
import { FeedItem } from '../../src/change-feed/feed';
import { ChangeFilter, matches } from '../../src/change-feed/filter';
import { ClosableIterator } from '../../src/kernel/async';
import { calendar } from '../support/specification';
import { PROPERTY_TIMEOUT_MS, runs } from '../support/property';
import { aFilter, aSketch, Sketch } from './history';
import { FeedStage, take, told } from './stage';

type Step =
  | { readonly kind: 'append'; readonly sketches: readonly Sketch[] }
  | { readonly kind: 'join'; readonly filter: ChangeFilter; readonly from: number | undefined }
  | { readonly kind: 'fetch'; readonly reader: number; readonly count: number }
  | { readonly kind: 'leave'; readonly reader: number }
  | { readonly kind: 'turns'; readonly count: number };

const aStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('append' as const),
      sketches: fc.array(aSketch, { minLength: 1, maxLength: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('join' as const),
      filter: aFilter,
      from: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined, freq: 5 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('fetch' as const),
      reader: fc.nat({ max: 20 }),
      count: fc.integer({ min: 1, max: 8 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const), reader: fc.nat({ max: 20 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('turns' as const), count: fc.integer({ min: 1, max: 6 }) }) },
);

/** Fetches only when a test says so, and resumes after it left or lagged. */
class Reader {
  readonly sequences: bigint[] = [];
  private items: ClosableIterator<FeedItem>;
  private position: bigint;
  private credit = 0;
  private working: Promise<void> | undefined;
  private leaving = false;
  private marks: string[] = [];

  constructor(
    private readonly stage: FeedStage,
    readonly filter: ChangeFilter,
    readonly after: bigint | undefined,
  ) {
    this.start = after ?? stage.log.head;
    this.position = this.start;
    this.items = stage.feed({ filter, after, progressMs: 1 });
  }
  readonly start: bigint;

  get hasAll(): boolean {
    return this.position >= this.stage.log.head;
  }

  fetch(count: number): void {
    this.credit += count;
    this.working ??= this.work().finally(() => (this.working = undefined));
  }

  /** Resumes at once, to read on later. */
  async leave(): Promise<void> {
    this.leaving = true;
    this.credit = 0;
    await this.items.return();
    await this.working;
    this.leaving = false;
    this.begin();
  }

  async end(): Promise<void> {
    this.leaving = true;
    await this.items.return();
    await this.working;
  }

  private begin(): void {
    this.marks = [];
    this.items = this.stage.feed({ filter: this.filter, after: this.position, progressMs: 1 });
  }

  private async work(): Promise<void> {
    while (this.credit > 0) {
      this.credit--;
      const { value } = await this.items.next();
      if (value) this.note(value);
      else if (this.leaving) return;
      else this.begin();
    }
  }

  private note(item: FeedItem): void {
    const position = item.kind === 'CHANGE' ? item.change.event.position : item.position;
    const advances = item.kind === 'CHANGE' || item.kind === 'PROGRESS';
    if (advances ? position <= this.position : position < this.position)
      throw new Error(`${told(item)} after ${String(this.position)}`);
    this.position = position;
    if (item.kind === 'CHANGE') this.sequences.push(item.change.sequence);
    else this.marks.push(item.kind);
    if (this.marks.filter((mark) => mark === 'CAUGHT_UP').length > 1) throw new Error('It caught up twice');
    if (this.marks.includes('LAGGED') && !this.marks.includes('CAUGHT_UP')) throw new Error('Late before it caught up');
  }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await nextTurn();
}

async function play(seatSize: number, before: readonly Sketch[], steps: readonly Step[], delays: readonly number[]) {
  const stage = new FeedStage(seatSize);
  let looks = 0;
  stage.store.hold = () => turns(delays[looks++ % delays.length] ?? 0);
  await stage.open(before);
  const readers: Reader[] = [];
  try {
    for (const step of steps) {
      const reader = 'reader' in step ? readers[step.reader % readers.length] : undefined;
      if (step.kind === 'append') await stage.append(step.sketches);
      else if (step.kind === 'turns') await turns(step.count);
      else if (step.kind === 'fetch') reader?.fetch(step.count);
      else if (step.kind === 'leave') await reader?.leave();
      else {
        // Any position, whether there is an event or not.
        const after = step.from === undefined ? undefined : BigInt(Math.round(step.from * Number(stage.log.head)));
        readers.push(new Reader(stage, step.filter, after));
      }
    }
    for (const reader of readers) {
      while (!reader.hasAll) {
        reader.fetch(1);
        await nextTurn();
      }
      const wanted = stage.log.changes.filter(
        (change) => change.event.position > reader.start && matches(reader.filter, change, calendar),
      );
      expect(reader.sequences).toEqual(wanted.map(({ sequence }) => sequence));
    }
    expect(stage.troubles).toEqual([]);
  } finally {
    await Promise.all(readers.map((reader) => reader.end()));
    expect(stage.live.subscribers).toBe(0);
    await stage.close();
  }
}

test(
  'whatever subscribers do, and whenever: each gets every matching change after its start, once, in order',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(aSketch, { maxLength: 8 }),
        fc.array(aStep, { minLength: 1, maxLength: 40 }),
        fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 5 }),
        play,
      ),
      runs(150),
    );
  },
  PROPERTY_TIMEOUT_MS,
);

test('a subscriber can resume after every position of a history, whether there is an event or not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aSketch, { minLength: 1, maxLength: 12 }), aFilter, async (sketches, filter) => {
      const stage = new FeedStage(2);
      await stage.open(sketches);
      for (let after = 0n; after <= stage.log.head; after++) {
        const wanted = stage.log.changes.filter(
          (change) => change.event.position > after && matches(filter, change, calendar),
        );
        const items = stage.feed({ filter, after });
        const expected = [...wanted.map(({ event }) => String(event.position)), `CAUGHT_UP ${String(stage.log.head)}`];
        expect(await take(items, expected.length)).toEqual(expected);
        await items.return();
      }
      await stage.close();
    }),
    runs(40),
  );
});
