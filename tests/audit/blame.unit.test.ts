import fc from 'fast-check';
import { Blame } from '../../src/audit/blame';
import { AuditView } from '../../src/audit/audit-view';

function blame(...shapes: readonly AuditView[]) {
  const blamed = new Blame<number>();
  shapes.forEach((shape, step) => {
    blamed.step(shape, step);
  });
  return Object.fromEntries(blamed.fields().map(({ path, by }) => [path, by]));
}

test('the last step that made another value gave it; one that says the same again did not', () => {
  expect(blame({ a: 1, b: 1 }, { a: 2, b: 1 }, { a: 2, b: 1 }, { a: 2, b: 3 })).toEqual({ '/a': 1, '/b': 3 });
});

test('a value that comes back was given anew', () => {
  expect(blame({ a: 1 }, { a: 2 }, { a: 1 })).toEqual({ '/a': 2 });
});

test('the first step gave what was never set', () => {
  expect(blame({ a: null }, { a: null })).toEqual({ '/a': 0 });
});

test('items keep their identity when others come before them', () => {
  const [a, b] = [
    { code: 'A', x: 1 },
    { code: 'B', x: 1 },
  ];
  expect(blame({ l: [b] }, { l: [{ ...b, x: 2 }] }, { l: [a, { ...b, x: 2 }] })).toEqual({
    '/l/0/code': 2,
    '/l/0/x': 2,
    '/l/1/code': 0,
    '/l/1/x': 1,
  });
});

test('lists of texts are values', () => {
  expect(blame({ g: ['a'] }, { g: ['a', 'b'] }, { g: ['a', 'b'] })).toEqual({ '/g': 1 });
});

test('a part that comes, goes and comes back is blamed on the step that brought it back', () => {
  expect(blame({ p: null }, { p: { x: 1 } })).toEqual({ '/p/x': 1 });
  expect(blame({ p: { x: 1 } }, { p: null }, { p: { x: 1 } })).toEqual({ '/p/x': 2 });
  expect(blame({ p: { x: 1 } }, { p: null })).toEqual({ '/p': 1 });
});

test('an empty list is a value, and so is one that is emptied', () => {
  expect(blame({ l: [] }, { l: [{ code: 'A' }] }, { l: [] })).toEqual({ '/l': 2 });
});

test('before any step there is nothing', () => {
  expect(new Blame().fields()).toEqual([]);
});

test('items keep their identity wherever they stand: a list is like an object of its items', () => {
  const codes = fc.shuffledSubarray(['A', 'B', 'C', 'D', 'E'], { minLength: 1 });
  const items = codes.chain((some) =>
    fc.tuple(...some.map((code) => fc.record({ code: fc.constant(code), x: fc.nat(2) }))),
  );
  fc.assert(
    fc.property(fc.array(items, { minLength: 1, maxLength: 8 }), (lists) => {
      const last = lists.at(-1)!;
      const byCode = (list: readonly { code: string }[]) => Object.fromEntries(list.map((item) => [item.code, item]));
      const expected = Object.entries(blame(...lists.map((list) => ({ l: byCode(list) }))));
      const atIndex = (path: string) =>
        path.replace(/^\/l\/(.)/, (_, code) => `/l/${last.findIndex((item) => item.code === code)}`);
      expect(blame(...lists.map((l) => ({ l })))).toEqual(
        Object.fromEntries(expected.map(([path, by]) => [atIndex(path), by])),
      );
    }),
  );
});
