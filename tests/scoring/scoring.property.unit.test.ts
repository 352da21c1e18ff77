import fc from 'fast-check';
import { completionRate } from '../../src/features/indicators/completion';
import { compareDecimals } from '../../src/kernel/decimal';
import { completionOf } from '../../src/scoring/completion';
import { Figures, IndicatorFigures } from '../../src/scoring/figures';
import { Judgement } from '../../src/scoring/judgement';
import { ScoringRule } from '../../src/scoring/rules';
import { LineScore, scoreLine } from '../../src/scoring/score-line';
import { totalOf } from '../../src/scoring/total';
import * as oracle from '../oracle/scores';
import { runs } from '../support/property';

/** Random templates over random figures, with many at the boundaries. */

const number = (min: number, max: number) =>
  fc
    .tuple(fc.integer({ min: min * 1_000, max: max * 1_000 }), fc.constantFrom(0, 1, 2, 3))
    .map(([thousandths, places]) => (Math.round(thousandths / 10 ** (3 - places)) / 10 ** places).toFixed(places));
const near = (...values: string[]) => fc.constantFrom(...values);
const either = (a: fc.Arbitrary<string>, b: fc.Arbitrary<string>) => fc.oneof(a, b);

const value = either(number(-5, 150), near('0', '90', '80', '60', '89.995', '100', '100.001', '0.0000000001'));
const target = either(number(-2, 120), near('0', '100', '90', '0.0000000001'));

const indicator = fc
  .record({
    level1: fc.constantFrom('OUTPUT', 'BENEFIT'),
    level2: fc.constantFrom('QUANTITY', 'SOCIAL'),
    direction: fc.constantFrom('AT_LEAST', 'AT_MOST', 'EQUAL', 'RANGE', 'QUALITATIVE' as const),
    target: fc.option(target, { nil: undefined, freq: 8 }),
    width: fc.option(number(0, 40), { nil: undefined, freq: 8 }),
    points: fc.option(number(0, 20), { nil: undefined }),
    value: fc.option(value, { nil: undefined, freq: 8 }),
    retired: fc.boolean(),
  })
  .map(({ width, ...rest }): Omit<IndicatorFigures, 'code'> => {
    const upper = rest.target === undefined || width === undefined ? undefined : Number(rest.target) + Number(width);
    return { ...rest, targetUpper: upper?.toFixed(10) };
  });

const money = either(
  fc.integer({ min: -100, max: 2_000_000 }).map((fen) => (fen / 100).toFixed(2)),
  near('0.00', '10000.00'),
);

const CODES = ['I0', 'I1', 'I2', 'I3', 'I4'];

const figures: fc.Arbitrary<Figures> = fc
  .record({
    budget: fc.option(fc.record({ opening: money, revised: money, executed: money }), { nil: undefined, freq: 8 }),
    indicators: fc.array(indicator, { maxLength: CODES.length }),
    named: fc.array(fc.constantFrom(...CODES), { maxLength: 6 }),
  })
  .map(({ budget, indicators, named }) => ({
    budget,
    indicators: new Map(indicators.map((each, index) => [CODES[index]!, { code: CODES[index]!, ...each }])),
    indicatorOfLine: new Map(named.map((code, index) => [`L${index}`, code])),
  }));

const level = fc.constantFrom(
  {},
  { level1: 'OUTPUT' },
  { level1: 'OUTPUT', level2: 'QUANTITY' },
  { level1: 'BENEFIT', level2: 'SOCIAL' },
);
const ITEMS = ['a', 'b', 'c'];

const rule: fc.Arbitrary<ScoringRule> = fc.oneof(
  fc.constantFrom('REVISED', 'OPENING' as const).map((denominator) => ({
    rule: 'EXECUTION_RATE' as const,
    parameters: { denominator },
  })),
  level.map((parameters) => ({ rule: 'RATIO' as const, parameters })),
  number(1, 30).map((zeroAt) => ({ rule: 'RANGE' as const, parameters: { zeroAt } })),
  fc
    .record({
      standard: either(number(-5, 110), near('0', '100')),
      k: number(0, 3),
      per: fc.constantFrom('started', 'whole', 'exact' as const),
    })
    .map((parameters) => ({ rule: 'DEDUCTION' as const, parameters })),
  fc.constant({
    rule: 'CHECKLIST' as const,
    parameters: { items: ITEMS.map((code) => ({ code, name: code, points: '0.333' })) },
  }),
  fc.constant({ rule: 'MANUAL' as const, parameters: {} }),
);

const judgement: fc.Arbitrary<Judgement> = fc.record({
  score: fc.option(number(0, 1), { nil: undefined }),
  notApplicable: fc.option(fc.constant(true), { nil: undefined, freq: 1 }),
  met: fc.option(fc.subarray(ITEMS), { nil: undefined }),
});

const points = fc.integer({ min: 100, max: 6_000 }).map((hundredths) => (hundredths / 100).toFixed(2));

const lines = fc.array(fc.record({ rule, points, judgement }), { minLength: 1, maxLength: 6 }).map((found) =>
  found.map(({ rule: scored, points: most, judgement: said }, index) => ({
    line: { code: `L${index}`, points: most, ...scored },
    judgement: said,
  })),
);

const plain = ({ applicable, score, source }: LineScore) => ({ applicable, score: score ?? null, source });

test('each score and the total equal a naive evaluation', () => {
  fc.assert(
    fc.property(lines, figures, (scored, from) => {
      const found = scored.map(({ line, judgement: said }) => scoreLine(line, from, said));
      const expected = scored.map(({ line, judgement: said }) => oracle.scoreOf(line, from, said));
      expect(found.map(plain)).toEqual(expected);
      const all = scored.map(({ line }) => line);
      const total = totalOf(all, new Map(found.map((each) => [each.line, each])));
      expect(total).toBe(oracle.totalOf(all, expected));
    }),
    runs(1_000),
  );
});

test('a score is never outside 0 to the points of its line, and a total never outside 0 to 100', () => {
  fc.assert(
    fc.property(lines, figures, (scored, from) => {
      const found = scored.map(({ line, judgement: said }) => scoreLine(line, from, said));
      for (const [index, { score }] of found.entries()) {
        if (score === undefined) continue;
        expect(compareDecimals(score, '0')).not.toBe(-1);
        expect(compareDecimals(score, scored[index]!.line.points)).not.toBe(1);
      }
      const all = scored.map(({ line }) => line);
      const total = totalOf(all, new Map(found.map((each) => [each.line, each])));
      if (total !== null) expect(compareDecimals(total, '100')).not.toBe(1);
    }),
    runs(300),
  );
});

test('the order of lines and of indicators changes nothing', () => {
  fc.assert(
    fc.property(lines, figures, (scored, from) => {
      const turned: Figures = { ...from, indicators: new Map([...from.indicators].reverse()) };
      const total = (of: typeof scored, figuresOf: Figures) => {
        const found = of.map(({ line, judgement: said }) => scoreLine(line, figuresOf, said));
        return totalOf(
          of.map(({ line }) => line),
          new Map(found.map((each) => [each.line, each])),
        );
      };
      expect(total([...scored].reverse(), turned)).toBe(total(scored, from));
    }),
    runs(300),
  );
});

test('an indicator has a completion exactly if it has a completion rate', () => {
  fc.assert(
    fc.property(indicator, (each) => {
      const { direction, target: wanted, targetUpper, value: found } = each;
      const rate = completionRate({
        direction,
        target: wanted,
        targetUpper,
        latest: found === undefined ? undefined : { value: found },
      });
      expect(typeof completionOf({ code: 'I', ...each }) === 'string').toBe(rate === null);
    }),
    runs(1_000),
  );
});
