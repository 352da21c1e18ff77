import fc from 'fast-check';
import { GrowingList } from '../../src/kernel/growing-list';
import { runs } from '../support/property';

const empty = () => GrowingList.empty((item: string) => `key ${item}`);
const listOf = (...items: string[]) => items.reduce((list, item) => list.with(item), empty());

describe('GrowingList', () => {
  test('has its items in the order in which they were added, and finds them by key', () => {
    const list = listOf('a', 'b', 'c');
    expect([...list]).toEqual(['a', 'b', 'c']);
    expect(list.size).toBe(3);
    expect(list.get('key b')).toBe('b');
    expect(list.get('b')).toBeUndefined();
  });

  test('is empty at first', () => {
    expect([...empty()]).toEqual([]);
    expect(empty().get('key a')).toBeUndefined();
  });

  test('does not see what was added to a later version', () => {
    const before = listOf('a');
    const after = before.with('b');
    expect([...before]).toEqual(['a']);
    expect(before.get('key b')).toBeUndefined();
    expect(after.get('key b')).toBe('b');
  });

  test('may have the same key for two items on two branches', () => {
    const trunk = GrowingList.empty((item: string) => item.slice(0, 3)).with('a');
    const [one, other] = [trunk.with('key 1'), trunk.with('key 2')];
    expect([one.get('key'), other.get('key'), trunk.get('key')]).toEqual(['key 1', 'key 2', undefined]);
  });

  test('knows what it has beyond an earlier version, but not beyond another branch', () => {
    const trunk = listOf('a');
    const one = trunk.with('b').with('c');
    const other = trunk.with('d');
    expect([one.since(trunk), one.since(one), trunk.since(one)]).toEqual([['b', 'c'], [], undefined]);
    expect([other.since(trunk), other.since(one)]).toEqual([undefined, undefined]);
    expect([one.family === trunk.family, one.family === other.family]).toEqual([true, false]);
  });

  test('stays the newest version when a branch of it grows', () => {
    const trunk = listOf('a', 'b');
    const branch = trunk.branch().with('c');
    const grown = trunk.with('d');
    expect([...branch]).toEqual(['a', 'b', 'c']);
    expect([branch.get('key a'), branch.get('key c'), branch.get('key d')]).toEqual(['a', 'c', undefined]);
    expect([grown.family === trunk.family, grown.since(trunk), grown.get('key c')]).toEqual([true, ['d'], undefined]);
    expect([branch.family === trunk.family, branch.since(trunk)]).toEqual([false, undefined]);
    expect(branch.with('e').since(branch)).toEqual(['e']);
  });

  test('never changes an old version, whichever versions are appended to or branched', () => {
    const additions = fc.array(fc.tuple(fc.nat(), fc.boolean(), fc.boolean()), { maxLength: 60 });
    fc.assert(
      fc.property(additions, (choices) => {
        const states = [{ list: GrowingList.empty<number>(String), items: [] as number[] }];
        choices.forEach(([choice, newest, branches], item) => {
          const from = newest ? states.at(-1)! : states[choice % states.length]!;
          const list = branches ? from.list.branch() : from.list;
          states.push({ list: list.with(item), items: [...from.items, item] });
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
