import fc from 'fast-check';

/** The random part of one command. Its meaning depends on the command, and on the history so far. */
export interface Dice {
  /** Which command. */
  readonly command: number;
  /** Which entity, line, milestone or earlier change is meant, modulo their number. */
  readonly entity: number;
  readonly part: number;
  readonly other: number;
  readonly extra: number;
  readonly amount: number;
  /** The effective date; undefined: now. */
  readonly at?: string;
  /** The date that a correction restates; undefined: none. */
  readonly restated?: string;
  readonly day: string;
  readonly reason?: string;
  readonly documentNo?: string;
  /** One in eight commands ignores the history so far, so that many of these are refused. */
  readonly blind: boolean;
  /** One in eight is followed by a repeat of an earlier one. */
  readonly repeats: boolean;
  /** How far the clock moves before it; 0 means that it does not move, and it may go back. */
  readonly pause: number;
}

const DAY_MS = 86_400_000;

/**
 * Equal instants that are written differently, neighbours with a distance of a millisecond, edges of fiscal years, facts that
 * are years late, and the future.
 */
const MOMENTS = [
  '2022-06-01',
  '2022-12-31T15:59:59.999Z',
  '2022-12-31T16:00:00.000Z',
  '2023-01-01',
  '2023-03-31',
  '2023-06-30',
  '2023-06-30T00:00:00+08:00',
  '2023-06-29T16:00:00.001Z',
  '2023-06-30T23:59:59.999+08:00',
  '2023-07-20',
  '2023-07-20T08:00:00Z',
  '2023-12-31',
  '2023-12-31T23:59:59.999+08:00',
  '2024-01-01',
  '2024-02-29',
  '2024-12-31',
  '2031-01-01',
];

const DAYS = ['2022-06-01', '2022-12-31', '2023-01-01', '2023-01-31', '2023-02-01', '2023-06-30', '2023-12-31'];

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

const oneInEight = fc.nat(7).map((number) => number === 7);

export const diceArbitrary: fc.Arbitrary<Dice> = fc.record({
  command: fc.nat(9_999),
  entity: fc.nat(99),
  part: fc.nat(99),
  other: fc.nat(99),
  extra: fc.nat(99),
  amount: fc.oneof(fc.constantFrom(0, 1, 5, 10_000), fc.nat(30_000)),
  at: maybe(fc.constantFrom(...MOMENTS)),
  restated: maybe(fc.constantFrom(...MOMENTS)),
  day: fc.constantFrom(...DAYS),
  reason: maybe(fc.constantFrom('更正录入', '财政批复')),
  documentNo: maybe(fc.constantFrom('惠财预〔2023〕10号', 'A-1')),
  blind: oneInEight,
  repeats: oneInEight,
  pause: fc.constantFrom(0, 0, 0, 0, 1, 1, 3_600_000, DAY_MS, 40 * DAY_MS, -1, -3_600_000, -3 * DAY_MS),
});

export function pick<T>(items: readonly T[], number: number): T {
  if (items.length === 0) throw new Error('There is nothing to pick from');
  return items[number % items.length] as T;
}

/** The department and the year of a code like `D1.2023`; any year if the code has none. */
export function named(code: string): { readonly department: string; readonly fiscalYear: number } {
  const [department = '', year = '2023'] = code.split('.');
  return { department, fiscalYear: Number(year) };
}
