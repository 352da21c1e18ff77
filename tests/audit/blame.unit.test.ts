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

test('the origin of a value is the last step that changed it; a step that sets it again is not', () => {
  expect(blame({ a: 1, b: 1 }, { a: 2, b: 1 }, { a: 2, b: 1 }, { a: 2, b: 3 })).toEqual({ '/a': 1, '/b': 3 });
});

test('if a value changes back, its origin is the step that changed it back', () => {
  expect(blame({ a: 1 }, { a: 2 }, { a: 1 })).toEqual({ '/a': 2 });
});

test('the origin of a value that never changed is the first step', () => {
  expect(blame({ a: null }, { a: null })).toEqual({ '/a': 0 });
});

test('items keep their identity if others are added before them', () => {
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

test('if a part is removed and added again, its origin is the step that added it again', () => {
  expect(blame({ p: null }, { p: { x: 1 } })).toEqual({ '/p/x': 1 });
  expect(blame({ p: { x: 1 } }, { p: null }, { p: { x: 1 } })).toEqual({ '/p/x': 2 });
  expect(blame({ p: { x: 1 } }, { p: null })).toEqual({ '/p': 1 });
});

test('an empty list is a value, and so is a list that was emptied', () => {
  expect(blame({ l: [] }, { l: [{ code: 'A' }] }, { l: [] })).toEqual({ '/l': 2 });
});

test('before any step there is nothing', () => {
  expect(new Blame().fields()).toEqual([]);
});

test('items keep their identity if they move: a list is compared by the codes of its items', () => {
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
