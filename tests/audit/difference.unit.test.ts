import { difference } from '../../src/audit/difference';

const line = (code: string, executed: string) => ({ code, executed });

test.each([
  ['nothing where both are the same', { a: '1', b: [] }, { a: '1', b: [] }, []],
  ['a value', { a: '1', b: '2' }, { a: '1', b: '3' }, [{ path: '/b', before: '2', after: '3' }]],
  ['a part of a part', { d: { x: 1, y: 2 } }, { d: { x: 1, y: 3 } }, [{ path: '/d/y', before: 2, after: 3 }]],
  ['what was null', { d: null }, { d: { x: 1 } }, [{ path: '/d', before: null, after: { x: 1 } }]],
  ['what is left out as null', {}, { a: '1' }, [{ path: '/a', before: null, after: '1' }]],
  ['a list of texts as a whole', { g: ['a'] }, { g: ['a', 'b'] }, [{ path: '/g', before: ['a'], after: ['a', 'b'] }]],
  [
    'an item of a list whose items are the same',
    { l: [line('A', '1'), line('B', '2')] },
    { l: [line('A', '1'), line('B', '3')] },
    [{ path: '/l/1/executed', before: '2', after: '3' }],
  ],
  [
    'a list that got longer as a whole',
    { l: [line('B', '2')] },
    { l: [line('A', '1'), line('B', '2')] },
    [{ path: '/l', before: [line('B', '2')], after: [line('A', '1'), line('B', '2')] }],
  ],
  ['a name that has to be escaped', { 'a/b~': 1 }, { 'a/b~': 2 }, [{ path: '/a~1b~0', before: 1, after: 2 }]],
])('names %s', (_, before, after, expected) => {
  expect(difference(before, after)).toEqual(expected);
});

test('if one side does not exist, names every field as a whole', () => {
  const shape = { code: 'A', goal: null, department: { code: 'D' } };
  expect(difference(undefined, shape)).toEqual([
    { path: '/code', before: null, after: 'A' },
    { path: '/department', before: null, after: { code: 'D' } },
  ]);
  expect(difference(shape, undefined)).toEqual([
    { path: '/code', before: 'A', after: null },
    { path: '/department', before: { code: 'D' }, after: null },
  ]);
  expect(difference(undefined, undefined)).toEqual([]);
});
