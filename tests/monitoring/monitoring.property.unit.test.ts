import fc from 'fast-check';
import { EXAMPLE_RULES } from '../../src/monitoring/example-rules';
import { MonitoredFigures } from '../../src/monitoring/figures';
import { monitor } from '../../src/monitoring/monitor';
import { readAlertRules, RuleFileError } from '../../src/monitoring/rule-file';
import { AlertRules } from '../../src/monitoring/rules';
import { IndicatorFigures } from '../../src/scoring/figures';
import { monitoringOf } from '../oracle/monitoring';
import { runs } from '../support/property';

const money = fc.oneof(
  fc.integer({ min: -100, max: 200_000 }).map((fen) => (fen / 100).toFixed(2)),
  fc.constantFrom('0.00', '1000.00', '250.00', '249.99', '400.00', '399.95', '399.94'),
);
const amounts = { revised: money, executed: money };
const number = fc.constantFrom('0', '-1', '10', '39.99', '40', '50', '89.995', '100', '130', '0.0000000001');
const percent = fc.constantFrom('0', '10', '24.99', '25', '40.00', '80', '100');
const day = fc.date({ min: new Date('2022-12-30'), max: new Date('2025-01-02'), noInvalidDate: true });
const dayOfYear = fc.constantFrom('01-01', '02-28', '04-30', '06-30', '10-31', '12-31');

const indicator: fc.Arbitrary<IndicatorFigures> = fc.record({
  code: fc.constantFrom('I1', 'I2'),
  level1: fc.constant('OUTPUT'),
  level2: fc.constant('QUANTITY'),
  direction: fc.constantFrom('AT_LEAST', 'AT_MOST', 'EQUAL', 'RANGE', 'QUALITATIVE' as const),
  target: fc.option(number, { nil: undefined, freq: 8 }),
  targetUpper: fc.option(fc.constant('120'), { nil: undefined, freq: 8 }),
  points: fc.option(fc.constantFrom('0', '5', '22.5'), { nil: undefined }),
  value: fc.option(number, { nil: undefined, freq: 8 }),
  retired: fc.boolean(),
});

const figures: fc.Arbitrary<MonitoredFigures> = fc.record({
  department: fc.constant('D1'),
  fiscalYear: fc.constantFrom(2023, 2024),
  day: day.map((date) => date.toISOString().slice(0, 10)),
  budget: fc.option(
    fc.record({
      ...amounts,
      lines: fc.array(fc.record({ code: fc.constantFrom('A', 'B'), name: fc.constant('明细'), ...amounts }), {
        maxLength: 3,
      }),
    }),
    { nil: undefined, freq: 8 },
  ),
  indicators: fc.array(indicator, { maxLength: 4 }),
});

const source = fc.constant('测试');
const level = fc.constantFrom('YELLOW', 'RED' as const);
const rule = fc.oneof(
  fc.record({
    kind: fc.constant('SPENDING_BELOW' as const),
    level,
    source,
    milestones: fc
      .uniqueArray(dayOfYear, { minLength: 1 })
      .chain((days) => fc.tuple(...days.sort().map((by) => percent.map((wanted) => ({ by, percent: wanted }))))),
  }),
  fc.record({ kind: fc.constant('PROGRESS_GAP_OVER' as const), level, source, points: percent }),
  fc.record({ kind: fc.constant('LINE_OVERRUN' as const), level, source }),
);
const rules: fc.Arbitrary<AlertRules> = fc
  .array(rule, { maxLength: 4 })
  .map((each) => ({ name: '规则', example: false, rules: each.map((one, index) => ({ id: `R${index}`, ...one })) }));

test('progress and alerts are those of a naive computation', () => {
  fc.assert(
    fc.property(fc.oneof(rules, fc.constant(EXAMPLE_RULES)), figures, (set, of) => {
      const { progress, alerts } = monitor(set, of);
      const shown = {
        budgetProgress: progress.budget,
        timeProgress: progress.time,
        goalProgress: progress.goals,
        alerts: alerts.map(({ rule, value, threshold }) => ({ rule, value, threshold })),
      };
      expect(shown).toEqual(monitoringOf(set, of));
    }),
    runs(300),
  );
});

test('a set of rules that is written to a file reads the same', () => {
  fc.assert(
    fc.property(fc.oneof(rules, fc.constant(EXAMPLE_RULES)), (set) => {
      expect(readAlertRules(JSON.stringify(set))).toEqual(set);
    }),
    runs(50),
  );
});

const spending = { id: 'a', level: 'RED', source: '文', kind: 'SPENDING_BELOW' };
const file = (...given: object[]): string => JSON.stringify({ name: '规则', rules: given });
test.each([
  ['no JSON', '{', 'it is not JSON'],
  ['no rules', '{"name":"规则"}', 'rules: '],
  ['an unknown kind', file({ ...spending, kind: 'GUESS' }), 'rules.0.kind: '],
  ['no source', file({ id: 'a', level: 'RED', kind: 'LINE_OVERRUN' }), 'rules.0.source: '],
  [
    'a number that may not be exact',
    file({ ...spending, milestones: [{ by: '06-30', percent: 40 }] }),
    'rules.0.milestones.0.percent: ',
  ],
  ['a percentage above 100', file({ ...spending, milestones: [{ by: '06-30', percent: '101' }] }), 'from 0 to 100'],
  [
    'a day that not every year has',
    file({ ...spending, milestones: [{ by: '02-29', percent: '40' }] }),
    'must be a day',
  ],
  [
    'days out of order',
    file({
      ...spending,
      milestones: [
        { by: '06-30', percent: '40' },
        { by: '04-30', percent: '25' },
      ],
    }),
    'in the order',
  ],
  [
    'two rules of one id',
    file({ ...spending, kind: 'LINE_OVERRUN' }, { ...spending, kind: 'LINE_OVERRUN' }),
    'the same id',
  ],
  ['an unknown field', file({ ...spending, kind: 'LINE_OVERRUN', percent: '1' }), 'percent'],
])('a file of rules with %s is refused', (_what, json, message) => {
  expect(() => readAlertRules(json)).toThrow(RuleFileError);
  expect(() => readAlertRules(json)).toThrow(message);
});
