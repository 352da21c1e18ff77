import { gradeOf } from '../../../src/features/evaluations/grade';

test.each([
  ['100', 'EXCELLENT'],
  ['90', 'EXCELLENT'],
  ['90.00', 'EXCELLENT'],
  ['89.995', 'EXCELLENT'],
  ['89.9949999999', 'GOOD'],
  ['89.994', 'GOOD'],
  ['80', 'GOOD'],
  ['79.995', 'GOOD'],
  ['79.994', 'FAIR'],
  ['60', 'FAIR'],
  ['59.995', 'FAIR'],
  ['59.994', 'POOR'],
  ['0', 'POOR'],
])('%s is %s', (score, grade) => {
  expect(gradeOf(score)).toBe(grade);
});
