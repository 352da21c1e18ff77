import fc from 'fast-check';
import { IndicatorDirection, VALUE_QUALIFIERS, ValueQualifier } from '../../../src/features/indicators/events';
import { Judged, reached } from '../../../src/features/indicators/reached';
import { runs } from '../../support/property';

const judge = (direction: IndicatorDirection, [target, targetUpper]: readonly string[], value: string) =>
  Object.fromEntries(
    VALUE_QUALIFIERS.map((qualifier) => [
      qualifier,
      reached({ direction, target, targetUpper, latest: { value, qualifier } }),
    ]),
  );

/** What each qualifier answers, in the order EQ GT GE LT LE APPROX. */
const answers = (...values: readonly (boolean | null)[]) =>
  Object.fromEntries(VALUE_QUALIFIERS.map((qualifier, index) => [qualifier, values[index]]));

const YES = true;
const NO = false;
const OPEN = null;

test.each([
  ['AT_LEAST', ['98'], '97', answers(NO, OPEN, OPEN, NO, NO, NO)],
  ['AT_LEAST', ['98'], '98.00', answers(YES, YES, YES, NO, OPEN, YES)],
  ['AT_LEAST', ['98'], '99', answers(YES, YES, YES, OPEN, OPEN, YES)],
  ['AT_MOST', ['-5'], '-8', answers(YES, OPEN, OPEN, YES, YES, YES)],
  ['AT_MOST', ['-5'], '-5', answers(YES, NO, OPEN, YES, YES, YES)],
  ['AT_MOST', ['-5'], '-2', answers(NO, NO, NO, OPEN, OPEN, NO)],
  ['AT_MOST', ['0'], '0', answers(YES, NO, OPEN, YES, YES, YES)],
  ['EQUAL', ['5'], '4', answers(NO, OPEN, OPEN, NO, NO, NO)],
  ['EQUAL', ['5'], '5.0', answers(YES, NO, OPEN, NO, OPEN, YES)],
  ['EQUAL', ['5'], '6', answers(NO, NO, NO, OPEN, OPEN, NO)],
  ['RANGE', ['10', '20'], '9.99', answers(NO, OPEN, OPEN, NO, NO, NO)],
  ['RANGE', ['10', '20'], '10', answers(YES, OPEN, OPEN, NO, OPEN, YES)],
  ['RANGE', ['10', '20'], '15', answers(YES, OPEN, OPEN, OPEN, OPEN, YES)],
  ['RANGE', ['10', '20'], '20', answers(YES, NO, OPEN, OPEN, OPEN, YES)],
  ['RANGE', ['10', '20'], '20.01', answers(NO, NO, NO, OPEN, OPEN, NO)],
  ['RANGE', ['10', '10'], '10.0', answers(YES, NO, OPEN, NO, OPEN, YES)],
  // The ends of a range are revised one by one, so on the effective clock it may be empty for a while.
  ['RANGE', ['20', '10'], '15', answers(NO, NO, NO, NO, NO, NO)],
] as const)('%s %j: of the value %s', (direction, targets, value, expected) => {
  expect(judge(direction, targets, value)).toEqual(expected);
});

test('all digits count, beyond those of a binary number', () => {
  const value = '999999999999999999.9999999999';
  expect(judge('EQUAL', [value], '999999999999999999.9999999998')).toMatchObject({ EQ: false, LT: false });
  expect(judge('AT_LEAST', [value], value)).toMatchObject({ EQ: true, GT: true });
});

test.each<[string, Judged]>([
  ['without an observation', { direction: 'AT_LEAST', target: '1' }],
  ['without a target', { direction: 'AT_LEAST', latest: { value: '1', qualifier: 'EQ' } }],
  ['of a range without its upper end', { direction: 'RANGE', target: '2', latest: { value: '1', qualifier: 'EQ' } }],
  [
    'of a range without its lower end',
    { direction: 'RANGE', targetUpper: '1', latest: { value: '2', qualifier: 'EQ' } },
  ],
  ['of a qualitative indicator', { direction: 'QUALITATIVE', target: '1', latest: { qualifier: 'EQ' } }],
  [
    'of a qualitative indicator with a value',
    { direction: 'QUALITATIVE', target: '1', latest: { value: '1', qualifier: 'EQ' } },
  ],
])('there is no answer %s', (_, judged) => {
  expect(reached(judged)).toBeNull();
});

/** The questions only use whole numbers: halves lie between these, and 13 lies beyond all of them. */
const SAMPLES = Array.from({ length: 53 }, (_, index) => index / 2 - 13);

const ALLOWS: Readonly<Record<ValueQualifier, (number: number, value: number) => boolean>> = {
  EQ: (number, value) => number === value,
  APPROX: (number, value) => number === value,
  GT: (number, value) => number > value,
  GE: (number, value) => number >= value,
  LT: (number, value) => number < value,
  LE: (number, value) => number <= value,
};
const MEETS: Readonly<Record<string, (number: number, target: number, targetUpper: number) => boolean>> = {
  AT_LEAST: (number, target) => number >= target,
  AT_MOST: (number, target) => number <= target,
  EQUAL: (number, target) => number === target,
  RANGE: (number, target, targetUpper) => number >= target && number <= targetUpper,
};

test('it is what trying the numbers says', () => {
  const whole = fc.integer({ min: -12, max: 12 });
  fc.assert(
    fc.property(
      fc.constantFrom('AT_LEAST', 'AT_MOST', 'EQUAL', 'RANGE' as const),
      fc.constantFrom(...VALUE_QUALIFIERS),
      fc.tuple(whole, whole, whole),
      (direction, qualifier, [target, targetUpper, value]) => {
        const tried = SAMPLES.filter((number) => ALLOWS[qualifier](number, value)).map((number) =>
          MEETS[direction]!(number, target, targetUpper),
        );
        const expected = tried.every(Boolean) ? true : tried.some(Boolean) ? null : false;
        const judged = {
          direction,
          target: String(target),
          targetUpper: String(targetUpper),
          latest: { value: String(value), qualifier },
        };
        expect(reached(judged)).toBe(expected);
      },
    ),
    runs(2_000),
  );
});
