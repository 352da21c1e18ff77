import { ALWAYS, effectsThatDiffer } from '../../src/audit/effect';

/** The first change, facts of days 10, 20 and 30, and one change with parts of days 10 and 30. */
const EFFECTS = [
  { position: 1n, from: [ALWAYS] },
  { position: 2n, from: [10] },
  { position: 3n, from: [20] },
  { position: 4n, from: [30] },
  { position: 5n, from: [10, 30] },
];
const upTo = (position: bigint) => EFFECTS.filter((effect) => effect.position <= position);
const differ = (from: [bigint, number?], to: [bigint, number?]) =>
  effectsThatDiffer(
    [
      { position: from[0], effectiveAt: from[1] },
      { position: to[0], effectiveAt: to[1] },
    ],
    [upTo(from[0]), upTo(to[0])],
  );

test.each<[[bigint, number?], [bigint, number?], bigint[]]>([
  [[1n], [1n], []],
  [[1n], [3n], [2n, 3n]],
  [[3n], [1n], [2n, 3n]],
  [[0n], [1n], [1n]],
  [[5n, 10], [5n, 20], [3n]],
  [[5n, 20], [5n, 10], [3n]],
  [[5n, 20], [5n], [4n, 5n]],
  [[5n, 9], [5n, 9], []],
  [[2n, 20], [4n, 20], [3n]],
])('from %p to %p: %p', (from, to, expected) => {
  expect(differ(from, to)).toEqual(expected);
});
