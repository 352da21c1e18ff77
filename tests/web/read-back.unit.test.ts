import * as fc from 'fast-check';
import { Failure } from '../../web/src/api/failure';
import { Known, Page, readBack } from '../../web/src/moment/read-back';
import { runs } from '../support/property';

/** How the page reads the changes for its slider: from the newest one back. */

interface Change {
  readonly position: string;
}

interface Log {
  readonly positions: readonly bigint[];
  /** Whether the person may read the change. */
  readonly mayRead: (index: number) => boolean;
}

const FAILURE: Failure = { code: 'UNAVAILABLE', message: 'no', extensions: {} };
const PAGE = 5;
/** A page looks at so many changes at most, whether the person may read them or not. */
const SCANNED = 7;

/** What the server answers. `fails`: whether the next question is refused. */
function server({ positions, mayRead }: Log, fails: () => boolean = () => false) {
  let asked = 0;
  const read = (after: string): Promise<Page<Change> | Failure> => {
    asked++;
    if (fails()) return Promise.resolve(FAILURE);
    const start = positions.findIndex((position) => position > BigInt(after));
    if (start === -1) return Promise.resolve({ nodes: [], position: after, hasNextPage: false });
    const nodes: Change[] = [];
    let index = start;
    while (index < positions.length && index - start < SCANNED && nodes.length < PAGE) {
      if (mayRead(index)) nodes.push({ position: String(positions[index]) });
      index++;
    }
    return Promise.resolve({ nodes, position: String(positions[index - 1]), hasNextPage: index < positions.length });
  };
  return { read, asked: () => asked };
}

interface Options {
  readonly enough: number;
  readonly known?: Known<Change>;
  readonly fails?: () => boolean;
}

async function readFrom(log: Log, { enough, known, fails }: Options) {
  const { read, asked } = server(log, fails);
  const seen: Known<Change>[] = known === undefined ? [] : [known];
  const failure = await readBack<Change>({
    known,
    head: log.positions.at(-1) ?? 0n,
    enough,
    read,
    onPart: (part) => seen.push(part),
    signal: new AbortController().signal,
  });
  return { known: seen.at(-1), seen, failure, asked: asked() };
}

/** What the person may read after a position, in log order. */
const visible = ({ positions, mayRead }: Log, begin: bigint): readonly string[] =>
  positions.filter((position, index) => position > begin && mayRead(index)).map(String);

const positionsOf = (known: Known<Change> | undefined): readonly string[] =>
  (known?.changes ?? []).map(({ position }) => position);

const logs: fc.Arbitrary<Log> = fc
  .record({
    gaps: fc.array(fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 5_000 })), { maxLength: 120 }),
    hidden: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ gaps, hidden }) => {
    let position = 0n;
    const positions = gaps.map((gap) => (position += BigInt(gap)));
    return { positions, mayRead: (index) => index % hidden === 0 };
  });

test('what is known is always everything up to the end, and at last enough of it or all', async () => {
  await fc.assert(
    fc.asyncProperty(logs, fc.integer({ min: 1, max: 40 }), async (log, enough) => {
      const { known, seen, failure } = await readFrom(log, { enough });
      expect(failure).toBeUndefined();
      for (const part of seen) expect(positionsOf(part)).toEqual(visible(log, part.begin));
      expect(known!.begin === 0n || known!.changes.length >= enough).toBe(true);
      expect(known!.changes.length).toBeLessThanOrEqual(3 * enough + 1_000);
    }),
    runs(200),
  );
});

test('after any refusals, reading goes on where it was and comes to the same', async () => {
  await fc.assert(
    fc.asyncProperty(logs, fc.array(fc.nat(9), { maxLength: 4 }), async (log, refusals) => {
      let known: Known<Change> | undefined;
      for (const after of refusals) {
        let left = after;
        const tried = await readFrom(log, { enough: 60, known, fails: () => left-- <= 0 });
        if (tried.known !== undefined) expect(positionsOf(tried.known)).toEqual(visible(log, tried.known.begin));
        known = tried.known;
      }
      const { known: whole, failure } = await readFrom(log, { enough: 60, known });
      expect(failure).toBeUndefined();
      expect(positionsOf(whole)).toEqual(visible(log, whole!.begin));
      expect(whole!.begin === 0n || whole!.changes.length >= 60).toBe(true);
    }),
    runs(100),
  );
});

test('a refusal is told, and a ledger without changes is read at once', async () => {
  const one: Log = { positions: [1n], mayRead: () => true };
  expect((await readFrom(one, { enough: 9, fails: () => true })).failure).toEqual(FAILURE);
  const { known, failure, asked } = await readFrom({ positions: [], mayRead: () => true }, { enough: 9 });
  expect([known, failure, asked]).toEqual([{ changes: [], begin: 0n, end: 0n }, undefined, 1]);
});

test('what was recorded since is added, and of very much the newest is kept', async () => {
  const upTo = (last: number): Log => ({
    positions: Array.from({ length: last }, (_, index) => BigInt(index + 1)),
    mayRead: () => true,
  });
  const { known: first } = await readFrom(upTo(20), { enough: 10 });
  const { known: more, asked } = await readFrom(upTo(23), { enough: 10, known: first });
  expect(positionsOf(more)).toEqual(visible(upTo(23), 0n));
  expect(asked).toBe(1);
  const { known: cut } = await readFrom(upTo(41), { enough: 10, known: more });
  expect(cut!.changes.length).toBe(20);
  expect(positionsOf(cut)).toEqual(visible(upTo(41), cut!.begin));
});

test('a reader that may read almost nothing of a long ledger does not ask for ever', async () => {
  const log: Log = {
    positions: Array.from({ length: 20_000 }, (_, index) => BigInt(index + 1)),
    mayRead: (index) => index === 0,
  };
  const { known, failure, asked } = await readFrom(log, { enough: 10 });
  expect([failure, asked < 1_000, known!.begin > 0n]).toEqual([undefined, true, true]);
});

test('a part with far more changes than are wanted is not read to its end', async () => {
  // Few at the end, and very many close together before them.
  const dense = Array.from({ length: 5_000 }, (_, index) => 1_000_000n + BigInt(index));
  const log: Log = { positions: [...dense, 2_000_000n, 3_000_000n], mayRead: () => true };
  const { known, failure } = await readFrom(log, { enough: 20 });
  expect(failure).toBeUndefined();
  expect(known!.changes.length).toBeLessThanOrEqual(60);
  expect(positionsOf(known)).toEqual(visible(log, known!.begin));
});
