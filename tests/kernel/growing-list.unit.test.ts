import fc from 'fast-check';
import { GrowingList } from '../../src/kernel/growing-list';
import { runs } from '../support/property';

const listOf = (...items: string[]): GrowingList<string> =>
  items.reduce((list, item) => list.with(`key ${item}`, item), GrowingList.empty<string>());

describe('GrowingList', () => {
  test('has its items in the order in which they were added, and finds them by key', () => {
    const list = listOf('a', 'b', 'c');
    expect([...list]).toEqual(['a', 'b', 'c']);
    expect(list.size).toBe(3);
    expect(list.get('key b')).toBe('b');
    expect(list.get('b')).toBeUndefined();
  });

  test('is empty at first', () => {
    expect([...GrowingList.empty()]).toEqual([]);
    expect(GrowingList.empty().get('a')).toBeUndefined();
  });

  test('does not see what was added to a later version', () => {
    const before = listOf('a');
    const after = before.with('key b', 'b');
    expect([...before]).toEqual(['a']);
    expect(before.get('key b')).toBeUndefined();
    expect(after.get('key b')).toBe('b');
  });

  test('may have the same key for two items on two branches', () => {
    const trunk = listOf('a');
    const [one, other] = [trunk.with('key', 'one'), trunk.with('key', 'other')];
    expect([one.get('key'), other.get('key'), trunk.get('key')]).toEqual(['one', 'other', undefined]);
  });

  test('never changes an old version, whichever versions are appended to', () => {
    const additions = fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 60 });
    fc.assert(
      fc.property(additions, (choices) => {
        const states = [{ list: GrowingList.empty<number>(), items: [] as number[] }];
        choices.forEach(([choice, newest], item) => {
          const from = newest ? states.at(-1)! : states[choice % states.length]!;
          states.push({ list: from.list.with(String(item), item), items: [...from.items, item] });
        });
        for (const { list, items } of states) {
          expect([...list]).toEqual(items);
          expect(list.size).toBe(items.length);
          choices.forEach((_, item) => {
            expect(list.get(String(item))).toBe(items.includes(item) ? item : undefined);
          });
        }
      }),
      runs(200),
    );
  });
});
