import { LineScore } from '../../src/scoring/score-line';
import { totalOf } from '../../src/scoring/total';

const line = (code: string, points: string) => ({ code, points, rule: 'MANUAL', parameters: {} }) as const;
const LINES = [line('A', '50'), line('B', '30'), line('C', '20')];

const total = (...scores: (string | null | undefined)[]) => {
  const named = scores.map((score, index): [string, LineScore] => {
    const code = LINES[index]!.code;
    const applicable = score !== null;
    return [code, { line: code, applicable, score: score ?? undefined, source: 'PERSON', inputs: {} }];
  });
  return totalOf(LINES, new Map(named));
};

test.each([
  [['50.00', '30.00', '20.00'], '100.00'],
  [['45.00', '27.00', '18.00'], '90.00'],
  [['40.00', '20.00', '20.00'], '80.00'],
  [['0.00', '0.00', '0.00'], '0.00'],
  [['45.00', null, '18.00'], '90.00'],
  [[null, '20.00', null], '66.67'],
  [[null, '0.05', null], '0.17'],
  [[null, null, null], null],
  [['50.00', undefined, '20.00'], null],
])('%j is %s', (scores, expected) => {
  expect(total(...scores)).toBe(expected);
});
