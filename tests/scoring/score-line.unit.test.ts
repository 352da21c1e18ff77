import { Figures, IndicatorFigures } from '../../src/scoring/figures';
import { Judgement } from '../../src/scoring/judgement';
import { ScoredLine, ScoringRule } from '../../src/scoring/rules';
import { LineScore, scoreLine } from '../../src/scoring/score-line';

const indicator = (change: Partial<IndicatorFigures> = {}): IndicatorFigures => ({
  code: 'I1',
  level1: 'OUTPUT',
  level2: 'QUANTITY',
  direction: 'AT_LEAST',
  target: '100',
  retired: false,
  ...change,
});

const figures = (indicators: readonly IndicatorFigures[], budget?: Figures['budget']): Figures => ({
  budget,
  indicators: new Map(indicators.map((each) => [each.code, each])),
  indicatorOfLine: new Map([['L', 'I1']]),
});

const NOTHING = figures([]);
const lineOf = (rule: ScoringRule, points = '10'): ScoredLine => ({ code: 'L', points, ...rule });
const score = (rule: ScoringRule, from: Figures, judgement?: Judgement, points?: string): LineScore =>
  scoreLine(lineOf(rule, points), from, judgement);

describe('EXECUTION_RATE', () => {
  const rule = (denominator: 'REVISED' | 'OPENING') =>
    ({ rule: 'EXECUTION_RATE', parameters: { denominator } }) as const;
  const budget = (opening: string, revised: string, executed: string) => figures([], { opening, revised, executed });

  test.each([
    ['200.00', '180.00', '9.00'],
    ['200.00', '160.00', '8.00'],
    ['200.00', '120.00', '6.00'],
    ['200.00', '179.99', '9.00'],
    ['200.00', '179.89', '8.99'],
    ['200.00', '250.00', '10.00'],
    ['200.00', '0.00', '0.00'],
    ['200.00', '-5.00', '0.00'],
  ])('of a revised budget of %s and %s executed is %s', (revised, executed, expected) => {
    expect(score(rule('REVISED'), budget('1.00', revised, executed))).toMatchObject({
      score: expected,
      source: 'COMPUTED',
      inputs: { denominator: 'REVISED', opening: '1.00', revised, executed },
    });
  });

  test('differs between the two denominators on one budget', () => {
    const one = budget('9689.88', '11604.08', '9689.88');
    expect(score(rule('OPENING'), one).score).toBe('10.00');
    expect(score(rule('REVISED'), one).score).toBe('8.35');
  });

  test.each([
    ['REVISED', budget('5.00', '0.00', '0.00'), 'DENOMINATOR_NOT_POSITIVE'],
    ['OPENING', budget('0.00', '5.00', '5.00'), 'DENOMINATOR_NOT_POSITIVE'],
    ['REVISED', budget('5.00', '-1.00', '-1.00'), 'DENOMINATOR_NOT_POSITIVE'],
    ['REVISED', NOTHING, 'NO_BUDGET'],
  ] as const)('%s is left to a person: %# %s', (denominator, from, because) => {
    const { score: none, source, inputs, reason } = score(rule(denominator), from);
    expect({ none, source, because: inputs.notComputed }).toEqual({ none: undefined, source: 'PERSON', because });
    expect(reason).toMatch(/。.+\.$/);
  });
});

describe('RATIO', () => {
  const OWN = { rule: 'RATIO', parameters: {} } as const;

  test.each([
    ['AT_LEAST', '90', '9.00'],
    ['AT_LEAST', '89.995', '9.00'],
    ['AT_LEAST', '89.94', '8.99'],
    ['AT_LEAST', '100', '10.00'],
    ['AT_LEAST', '250', '10.00'],
    ['AT_LEAST', '0', '0.00'],
    ['AT_MOST', '100', '10.00'],
    ['AT_MOST', '1', '10.00'],
    ['AT_MOST', '125', '8.00'],
    ['EQUAL', '100.0', '10.00'],
    ['EQUAL', '100.1', '0.00'],
  ] as const)('of an %s indicator at %s is %s', (direction, value, expected) => {
    expect(score(OWN, figures([indicator({ direction, value })])).score).toBe(expected);
  });

  test.each([
    [{}, 'NO_VALUE'],
    [{ value: '5', target: undefined }, 'NO_TARGET'],
    [{ value: '5', target: '0' }, 'TARGET_NOT_POSITIVE'],
    [{ value: '5', target: '-1' }, 'TARGET_NOT_POSITIVE'],
    [{ value: '-5' }, 'VALUE_NEGATIVE'],
    [{ value: '0', direction: 'AT_MOST' }, 'VALUE_ZERO'],
    [{ value: '0', target: '0', direction: 'AT_MOST' }, 'TARGET_NOT_POSITIVE'],
    [{ direction: 'QUALITATIVE', target: undefined }, 'QUALITATIVE'],
    [{ value: '5', direction: 'RANGE' }, 'NO_TARGET'],
  ] as const)('of %j is left to a person', (change, because) => {
    const undefinedScore = score(OWN, figures([indicator(change)]));
    expect(undefinedScore).toMatchObject({ source: 'PERSON', inputs: { notComputed: because, indicator: 'I1' } });
    expect(undefinedScore.score).toBeUndefined();
  });

  test('of a line without an indicator is left to a person', () => {
    expect(score(OWN, NOTHING).inputs).toEqual({ indicators: [], notComputed: 'NO_INDICATOR' });
  });

  const CLASS = { rule: 'RATIO', parameters: { level1: 'OUTPUT' } } as const;
  const half = indicator({ code: 'A', value: '50', points: '30' });
  const full = indicator({ code: 'B', value: '300', points: '10' });

  test('of a class is weighted by points, and one result over its target makes up for no other', () => {
    expect(score(CLASS, figures([half, full])).score).toBe('6.25');
  });

  test('of a class without points is weighted equally', () => {
    const [a, b] = [half, full].map((each) => ({ ...each, points: undefined }));
    expect(score(CLASS, figures([a!, b!])).score).toBe('7.50');
  });

  test('of a class leaves out retired indicators and those of other classes', () => {
    const retired = indicator({ code: 'C', value: '0', retired: true });
    const other = indicator({ code: 'D', value: '0', level1: 'BENEFIT' });
    expect(score(CLASS, figures([half, retired, other])).score).toBe('5.00');
    const narrow = { rule: 'RATIO', parameters: { level1: 'OUTPUT', level2: 'QUALITY' } } as const;
    expect(score(narrow, figures([half, { ...full, level2: 'QUALITY' }])).score).toBe('10.00');
  });

  test('of a class is left to a person if one of its indicators has no completion rate', () => {
    const { inputs } = score(CLASS, figures([half, indicator({ code: 'Z' })]));
    expect(inputs).toMatchObject({ notComputed: 'NO_VALUE', indicator: 'Z' });
  });
});

describe('RANGE', () => {
  const rule = { rule: 'RANGE', parameters: { zeroAt: '10' } } as const;

  test.each([
    ['RANGE', '20', '10.00'],
    ['RANGE', '30', '10.00'],
    ['RANGE', '19', '9.00'],
    ['RANGE', '32.5', '7.50'],
    ['RANGE', '40', '0.00'],
    ['RANGE', '-500', '0.00'],
    ['AT_LEAST', '15', '5.00'],
    ['AT_LEAST', '500', '10.00'],
    ['AT_MOST', '25', '5.00'],
    ['AT_MOST', '1', '10.00'],
    ['EQUAL', '21', '9.00'],
  ] as const)('of %s at %s is %s', (direction, value, expected) => {
    const targets = { target: '20', targetUpper: direction === 'RANGE' ? '30' : undefined };
    expect(score(rule, figures([indicator({ direction, value, ...targets })])).score).toBe(expected);
  });

  test('is left to a person without a value', () => {
    expect(score(rule, figures([indicator()])).inputs).toMatchObject({ notComputed: 'NO_VALUE' });
  });
});

describe('DEDUCTION', () => {
  const rule = (per: 'started' | 'whole' | 'exact') =>
    ({ rule: 'DEDUCTION', parameters: { standard: '100', k: '0.5', per } }) as const;

  test.each([
    ['started', '100', '5.00'],
    ['started', '100.0000000001', '4.50'],
    ['started', '102.3', '3.50'],
    ['whole', '102.9', '4.00'],
    ['whole', '100.9', '5.00'],
    ['exact', '102.3', '3.85'],
    ['exact', '102.31', '3.85'],
    ['exact', '110', '0.00'],
    ['exact', '500', '0.00'],
    ['exact', '-40', '5.00'],
  ] as const)('counts points %s: %s leaves %s', (per, value, expected) => {
    expect(score(rule(per), figures([indicator({ value })]), {}, '5').score).toBe(expected);
  });

  test('shows the points that it counted', () => {
    expect(score(rule('started'), figures([indicator({ value: '102.3' })])).inputs).toMatchObject({
      pointsOver: '3.0000000000',
    });
  });

  test('is left to a person without an indicator or a value', () => {
    expect(score(rule('exact'), NOTHING).inputs.notComputed).toBe('NO_INDICATOR');
    expect(score(rule('exact'), figures([indicator()])).inputs.notComputed).toBe('NO_VALUE');
  });
});

describe('a person scores', () => {
  const items = ['a', 'b', 'c'].map((code) => ({ code, name: code, points: '2.5' }));
  const CHECKLIST = { rule: 'CHECKLIST', parameters: { items } } as const;
  const BAND = {
    rule: 'BAND',
    parameters: {
      bands: [
        { code: 'met', name: '达成', from: '80', to: '100' },
        { code: 'part', name: '部分达成', from: '60', to: '80' },
      ],
    },
  } as const;

  test('a CHECKLIST by the items that are met', () => {
    expect(score(CHECKLIST, NOTHING, { met: ['c', 'a'] }, '7.5')).toMatchObject({
      score: '5.00',
      source: 'PERSON',
      inputs: { met: ['a', 'c'] },
    });
    expect(score(CHECKLIST, NOTHING, { met: [] }).score).toBe('0.00');
    expect(score(CHECKLIST, NOTHING).score).toBeUndefined();
  });

  test('a BAND by a value inside one', () => {
    expect(score(BAND, NOTHING, { score: '8' })).toMatchObject({ score: '8.00', inputs: { band: 'met' } });
    expect(score(BAND, NOTHING, { score: '7.99' }).inputs).toEqual({ band: 'part' });
  });

  test('a MANUAL line, and any line that a rule cannot score', () => {
    const MANUAL = { rule: 'MANUAL', parameters: {} } as const;
    expect(score(MANUAL, NOTHING, { score: '3.005', reason: '现场核查' })).toMatchObject({
      score: '3.01',
      reason: '现场核查',
    });
    const ratio = { rule: 'RATIO', parameters: {} } as const;
    expect(score(ratio, NOTHING, { score: '4', reason: '无观测值' })).toMatchObject({
      score: '4.00',
      source: 'PERSON',
      reason: '无观测值',
    });
  });

  test('no line that its rule scores', () => {
    const ratio = { rule: 'RATIO', parameters: {} } as const;
    const from = figures([indicator({ value: '70' })]);
    expect(score(ratio, from, { score: '10', deviationReason: '工期' })).toMatchObject({
      score: '7.00',
      source: 'COMPUTED',
      deviationReason: '工期',
    });
  });

  test('that a line does not apply, also one that its rule scores', () => {
    const ratio = { rule: 'RATIO', parameters: {} } as const;
    const dropped = score(ratio, figures([indicator({ value: '70' })]), { notApplicable: true });
    expect(dropped).toMatchObject({ applicable: false, inputs: {} });
    expect(dropped.score).toBeUndefined();
  });
});
