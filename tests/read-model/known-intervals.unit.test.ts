import { Signal } from '../../src/kernel/telemetry';
import { Interval, KnownIntervals, NO_END } from '../../src/read-model/known-intervals';

const BYTES = 100;

/** A value that names the position from which it holds. */
const from = (position: bigint, until = NO_END): Interval<string> => ({
  value: String(position),
  from: position,
  until,
  bytes: BYTES,
});

describe('what was read lately', () => {
  let signals: Signal[];
  let known: KnownIntervals<string>;

  const make = (maxBytes: number) =>
    new KnownIntervals<string>({
      cache: 'versions',
      maxBytes,
      telemetry: { report: (signal) => signals.push(signal) },
    });
  const valuesAt = (...positions: bigint[]) => positions.map((at) => known.at('K', at)?.value);
  const fillings = () => signals.filter((signal) => signal.kind === 'cache-filled');

  beforeEach(() => {
    signals = [];
    known = make(1_000_000);
  });

  it('is found at each position at which it holds, and at no other', () => {
    known.add('K', from(40n, 60n));
    known.add('K', from(10n, 20n));
    expect(valuesAt(9n, 10n, 19n, 20n, 39n, 40n, 59n, 60n)).toEqual([
      ...[undefined, '10', '10', undefined, undefined, '40', '40', undefined],
    ]);
    expect(known.at('L', 10n)).toBeUndefined();
    expect(signals).toContainEqual({ kind: 'cache-asked', cache: 'versions', found: true });
    expect(signals).toContainEqual({ kind: 'cache-asked', cache: 'versions', found: false });
  });

  it('is found for longer when it is read again later, and for no shorter when an older read comes late', () => {
    known.add('K', from(10n, 15n));
    expect(valuesAt(14n, 15n)).toEqual(['10', undefined]);
    known.add('K', from(10n, 30n));
    known.add('K', from(10n, 20n));
    expect(valuesAt(15n, 29n, 30n)).toEqual(['10', '10', undefined]);
    expect(fillings().at(-1)).toEqual({ kind: 'cache-filled', cache: 'versions', bytes: BYTES + 202, evicted: 0 });
  });

  it('ends where something else begins, if it had no end', () => {
    known.add('K', from(10n, 20n));
    known.add('K', from(20n));
    expect(valuesAt(15n, 20n, 1_000n)).toEqual(['10', '20', '20']);
    known.end('K', 30n);
    known.end('K', 40n);
    known.end('L', 40n);
    expect(valuesAt(15n, 29n, 30n, 40n)).toEqual(['10', '20', undefined, undefined]);
  });

  it('can be that there is nothing', () => {
    const absences = new KnownIntervals<string | undefined>({
      cache: 'versions',
      maxBytes: 1_000,
      telemetry: { report: () => undefined },
    });
    absences.add('K', { value: undefined, from: 0n, until: 10n, bytes: 0 });
    expect([0n, 9n, 10n].map((at) => absences.at('K', at) !== undefined)).toEqual([true, true, false]);
  });

  it('is bounded, one key does not take all of the room, and what made room is counted', () => {
    known = make(16_000);
    for (let position = 1n; position <= 100n; position++) known.add('K', from(position, position + 1n));
    expect(valuesAt(1n, 100n)).toEqual([undefined, '100']);
    for (let key = 100; key < 200; key++) known.add(`K${key}`, from(5n, 6n));
    const found = Array.from({ length: 100 }, (_, key) => known.at(`K${100 + key}`, 5n));
    expect(found.at(-1)?.value).toBe('5');
    const kept = found.filter((each) => each !== undefined).length;
    expect(kept).toBeLessThan(60);
    const all = fillings();
    expect(Math.max(...all.map(({ bytes }) => bytes))).toBeLessThanOrEqual(16_000);
    expect(all.at(-1)?.bytes).toBe(kept * (BYTES + 208));
    expect(all.reduce((sum, { evicted }) => sum + evicted, 0)).toBe(200 - kept);
  });

  it('takes as much as its key does, too', () => {
    known = make(16_000);
    for (let key = 0; key < 100; key++) known.add(`${key}`.padEnd(2_000, 'x'), from(5n));
    const { bytes } = fillings().at(-1)!;
    expect(bytes).toBe(3 * (4_000 + BYTES + 200));
    known.add('x'.repeat(10_000), from(5n));
    expect(known.at('x'.repeat(10_000), 5n)).toBeUndefined();
  });

  it.each([0, 1])('is not kept if there are only %s bytes', (bytes) => {
    known = make(bytes);
    known.add('K', from(10n));
    expect(valuesAt(10n)).toEqual([undefined]);
  });

  it('is dropped as a whole', () => {
    known.add('K', from(10n));
    known.clear();
    expect(valuesAt(10n)).toEqual([undefined]);
    expect(fillings().at(-1)).toEqual({ kind: 'cache-filled', cache: 'versions', bytes: 0, evicted: 0 });
  });
});
