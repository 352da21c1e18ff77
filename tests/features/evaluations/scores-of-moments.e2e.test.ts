import fc from 'fast-check';
import { Figures, IndicatorFigures } from '../../../src/scoring/figures';
import { ScoredLine } from '../../../src/scoring/rules';
import { EXAMPLE_RULES } from '../../../src/monitoring/example-rules';
import { monitoringOf } from '../../oracle/monitoring';
import { Oracle } from '../../oracle/oracle';
import { scoreOf } from '../../oracle/scores';
import { dayOf } from '../../oracle/time';
import { startApi } from '../../support/api';
import { collect } from '../../support/events';

/** The scores of a draft after random facts, at moments of both clocks, compared with a naive evaluation of the same facts. */

const OF = { department: 'D1', fiscalYear: 2023 };
const LINES: readonly ScoredLine[] = [
  { code: 'revised', points: '10', rule: 'EXECUTION_RATE', parameters: { denominator: 'REVISED' } },
  { code: 'opening', points: '10', rule: 'EXECUTION_RATE', parameters: { denominator: 'OPENING' } },
  { code: 'class', points: '40', rule: 'RATIO', parameters: { level1: 'OUTPUT' } },
  { code: 'own', points: '20', rule: 'RATIO', parameters: {} },
  { code: 'range', points: '10', rule: 'RANGE', parameters: { zeroAt: '30' } },
  { code: 'deduction', points: '10', rule: 'DEDUCTION', parameters: { standard: '40', k: '0.5', per: 'started' } },
];
const OWN: Readonly<Record<string, string>> = { own: 'I1', range: 'I2', deduction: 'I3' };
const INDICATORS = ['I1', 'I2', 'I3'];

const day = fc.integer({ min: 1, max: 28 }).map((date) => `2023-0${1 + (date % 9)}-${String(date).padStart(2, '0')}`);
const amount = fc.integer({ min: 1, max: 3_000 }).map((fen) => (fen / 100).toFixed(2));
const value = fc.constantFrom('0', '10', '39.99', '40', '41.2', '50', '89.995', '100', '130');
const fact = fc.oneof(
  fc.record({ mutation: fc.constant('recordExpenditure'), effectiveAt: day, amount }),
  fc.record({ mutation: fc.constant('supplementBudget'), effectiveAt: day, amount }),
  fc.record({
    mutation: fc.constant('recordObservation'),
    code: fc.constantFrom(...INDICATORS),
    observedOn: day,
    value,
  }),
  fc.record({
    mutation: fc.constant('reviseIndicatorTarget'),
    code: fc.constantFrom(...INDICATORS),
    effectiveAt: day,
    target: value,
  }),
);

function figuresOf(oracle: Oracle, place: Parameters<Oracle['budget']>[1]): Figures {
  const indicators = INDICATORS.flatMap((code): [string, IndicatorFigures][] => {
    const found: any = oracle.indicator(code, place);
    if (found === null) return [];
    const given = Object.fromEntries(Object.entries(found).map(([name, each]) => [name, each ?? undefined]));
    return [[code, { ...(given as unknown as IndicatorFigures), value: found.latest?.value ?? undefined }]];
  });
  const budget: any = oracle.budget('D1.2023', place);
  return {
    budget:
      budget === null ? undefined : { opening: budget.opening, revised: budget.revised, executed: budget.executed },
    indicators: new Map(indicators),
    indicatorOfLine: new Map(Object.entries(OWN)),
  };
}

test('a draft has the scores of a naive evaluation, at every moment', async () => {
  const api = await startApi({ now: '2024-01-15T02:00:00.000Z' });
  try {
    await api.write('registerDepartment', { code: 'D1', name: '部门' });
    const lines = LINES.map((line) => ({ name: line.code, ...line }));
    await api.write('publishScoringTemplate', { code: 'T', department: 'D1', name: '模板', lines });
    const directions = ['AT_LEAST', 'AT_MOST', 'AT_LEAST'];
    for (const [index, direction] of directions.entries()) {
      const definition = {
        ...OF,
        code: INDICATORS[index],
        name: '指标',
        level1: 'OUTPUT',
        level2: 'QUALITY',
        direction,
      };
      await api.write('defineIndicator', { ...definition, target: '50', points: String(index * 5) });
    }
    const indicators = Object.entries(OWN).map(([line, indicator]) => ({ line, indicator }));
    const { position: opened } = await api.write('openEvaluation', { ...OF, template: 'T', indicators });
    const money = [{ code: 'A', name: '明细', fundSource: 'GENERAL_PUBLIC_BUDGET', amount: '1000' }];
    await api.write('approveBudget', { ...OF, lines: money, effectiveAt: '2023-02-10' });
    for (const { mutation, ...input } of fc.sample(fact, { numRuns: 40, seed: 20_231 })) {
      const onBudget = 'amount' in input ? { ...OF, line: 'A' } : {};
      await api.write(mutation, { ...input, ...onBudget });
    }

    const oracle = new Oracle(await collect(api.eventStore.readAll(0n)));
    const moments = [undefined, '2023-01-01', '2023-02-15', '2023-05-20', '2023-08-31', '2024-12-31'];
    const sources = new Set<string>();
    const broken = new Set<string>();
    for (const { position } of oracle.log.filter((event) => event.position >= BigInt(opened))) {
      for (const moment of position % 3n === 0n ? moments : moments.slice(0, 1)) {
        const effectiveAt = moment && `${moment}T00:00:00.000Z`;
        const { asOf } = await api.data(
          `query($at: AsOfInput!) { asOf(at: $at) { evaluation(department: "D1", fiscalYear: 2023) {
            scores { score applicable scoredBy } }
            monitoring(department: "D1", fiscalYear: 2023) {
              budgetProgress timeProgress goalProgress alerts { rule value threshold } } } }`,
          { at: { position: String(position), effectiveAt } },
        );
        const place = { position, effectiveAt: effectiveAt === undefined ? undefined : Date.parse(effectiveAt) };
        const figures = figuresOf(oracle, place);
        const expected = LINES.map((line) => scoreOf(line, figures, {}));
        expect(asOf.evaluation.scores).toEqual(expected.map(({ source, ...rest }) => ({ ...rest, scoredBy: source })));
        for (const { source } of expected) sources.add(source);
        const { recordedAt } = oracle.log.find((event) => event.position === position)!;
        const day = dayOf(place.effectiveAt ?? recordedAt);
        const { revised = '0.00', executed = '0.00' } = figures.budget ?? {};
        const monitored = {
          ...OF,
          day,
          budget: figures.budget && { revised, executed, lines: [{ code: 'A', name: '明细', revised, executed }] },
          indicators: [...figures.indicators.values()],
        };
        const monitoring = monitoringOf(EXAMPLE_RULES, monitored);
        expect({ moment, ...asOf.monitoring }).toEqual({ moment, ...monitoring });
        for (const { rule } of monitoring.alerts) broken.add(rule);
      }
    }
    expect([...sources].sort()).toEqual(['COMPUTED', 'PERSON']);
    expect([...broken].sort()).toEqual(['progress-gap', 'spending']);
  } finally {
    await api.close();
  }
});
