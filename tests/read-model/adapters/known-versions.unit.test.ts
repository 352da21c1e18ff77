import { KnownVersions } from '../../../src/read-model/adapters/sqlite/known-versions';
import { HeldVersion } from '../../../src/read-model/adapters/sqlite/version-table';
import { Signal } from '../../../src/kernel/telemetry';
import { keyOf } from '../contract/script';

const BYTES = 100;
const KEY = keyOf('D1.2023');

/** A version that is in force from one position up to another, or still. */
const held = (position: bigint, until?: bigint): HeldVersion => ({
  version: { position, revision: 1, state: { position: String(position) } },
  carriesChange: false,
  bytes: BYTES,
  until,
});

describe('the versions that were read lately', () => {
  let signals: Signal[];
  let known: KnownVersions;

  beforeEach(() => {
    signals = [];
    known = new KnownVersions(1_000_000, { report: (signal) => signals.push(signal) });
  });

  const positionsAt = (...positions: bigint[]) => positions.map((at) => known.at(KEY, at)?.version.position);

  it('are found at each position at which they are in force, and at no other', () => {
    known.add(KEY, held(40n, 60n));
    known.add(KEY, held(10n, 20n));
    expect(positionsAt(9n, 10n, 19n, 20n, 39n, 40n, 59n, 60n)).toEqual([
      undefined,
      10n,
      10n,
      undefined,
      undefined,
      40n,
      40n,
      undefined,
    ]);
    expect(known.at(keyOf('D2.2023'), 10n)).toBeUndefined();
    expect(signals).toContainEqual({ kind: 'cache-asked', cache: 'versions', found: true });
    expect(signals).toContainEqual({ kind: 'cache-asked', cache: 'versions', found: false });
  });

  it('lack the newest one after a new one was written, and keep the others', () => {
    known.add(KEY, held(10n, 20n));
    known.add(KEY, held(20n));
    expect(positionsAt(15n, 20n, 1_000n)).toEqual([10n, 20n, 20n]);
    known.written(KEY);
    expect(positionsAt(15n, 20n, 1_000n)).toEqual([10n, undefined, undefined]);
    known.written(KEY);
    known.written(keyOf('D2.2023'));
    expect(positionsAt(15n)).toEqual([10n]);
    known.add(KEY, held(20n, 30n));
    expect(positionsAt(25n, 30n)).toEqual([20n, undefined]);
  });

  it('are bounded, and one document does not take all of the room', () => {
    known = new KnownVersions(16_000, { report: () => undefined });
    for (let position = 1n; position <= 100n; position++) known.add(KEY, held(position, position + 1n));
    expect(positionsAt(1n, 100n)).toEqual([undefined, 100n]);
    for (let document = 0; document < 100; document++) known.add(keyOf(`D${document}`), held(5n, 6n));
    const found = Array.from({ length: 100 }, (_, document) => known.at(keyOf(`D${document}`), 5n));
    expect(found.at(-1)?.version.position).toBe(5n);
    expect(found.filter((each) => each !== undefined).length).toBeLessThan(60);
  });
});
