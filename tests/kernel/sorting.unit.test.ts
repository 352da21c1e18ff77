import fc from 'fast-check';
import { sorting } from '../../src/kernel/sorting';

interface Item {
  readonly key: number;
  readonly index: number;
}

const byKey = (a: Item, b: Item): number => a.key - b.key;

/** The sorted items, and how many comparisons there were at most between two pauses. */
function run(items: readonly Item[]): { readonly sorted: readonly Item[]; readonly most: number } {
  let [compared, most] = [0, 0];
  const work = sorting(items, (a, b) => {
    compared++;
    return byKey(a, b);
  });
  for (;;) {
    const step = work.next();
    most = Math.max(most, compared);
    compared = 0;
    if (step.done) return { sorted: step.value, most };
  }
}

const items = (keys: readonly number[]): Item[] => keys.map((key, index) => ({ key, index }));

test('sorts as the sort of an array does, equal items in their order', () => {
  const keys = fc.array(fc.nat(50), { maxLength: 3_000, size: 'max' });
  fc.assert(
    fc.property(keys, (values) => {
      expect(run(items(values)).sorted).toEqual(items(values).sort(byKey));
    }),
    { numRuns: 50 },
  );
});

test('an empty list, and one that is sorted already', () => {
  expect(run([]).sorted).toEqual([]);
  const sorted = items(Array.from({ length: 1_700 }, (_, index) => index));
  expect(run(sorted).sorted).toEqual(sorted);
});

test('pauses often, however long the list is', () => {
  const mixed = items(Array.from({ length: 20_000 }, (_, index) => (index * 7_919) % 20_011));
  expect(run(mixed).most).toBeLessThan(6_000);
});
