import { Dice, pick } from './dice';
import { Command, Known } from './known';

/** Each indicator keeps its direction, so that a later command can fit it. */
const DIRECTIONS: Readonly<Record<string, string>> = {
  I1: 'AT_LEAST',
  i2: 'AT_MOST',
  I3: 'EQUAL',
  'I-4': 'RANGE',
  I5: 'QUALITATIVE',
};
const INDICATORS = Object.keys(DIRECTIONS);
const VALUES = ['0', '0.00', '80', '80.0', '97.4', '98.2', '120', '-3'];

const codeOf = (dice: Dice, known: Known): string =>
  pick(dice.blind ? INDICATORS : known.existing('indicator', INDICATORS), dice.entity);

/** What fits the indicator; for a blind command, the opposite. */
const isQualitative = (code: string, { blind }: Dice): boolean => (DIRECTIONS[code] === 'QUALITATIVE') !== blind;

function targets(code: string, dice: Dice): Readonly<Record<string, unknown>> {
  if (isQualitative(code, dice)) return {};
  const target = pick([undefined, '0', '80', '80.00', '95', '-3'], dice.part);
  return {
    target,
    targetUpper: DIRECTIONS[code] === 'RANGE' ? pick([undefined, '98.2', '200'], dice.other) : undefined,
  };
}

const observed = (code: string, dice: Dice): Readonly<Record<string, unknown>> =>
  isQualitative(code, dice)
    ? { text: pick(['达成预期指标', '部分达成'], dice.part) }
    : { value: pick(VALUES, dice.part), text: pick([undefined, '超过目标'], dice.other) };

export const indicatorCommands = {
  define: (dice: Dice, known: Known): Command => {
    const code = pick(dice.blind ? INDICATORS : known.missing('indicator', INDICATORS), dice.entity);
    const task = pick([undefined, 'T1', 't-2'], dice.other);
    return {
      mutation: 'defineIndicator',
      kind: 'indicator',
      input: {
        code,
        department: pick(['D1', 'd-2'], dice.part),
        fiscalYear: pick([2023, 2024], dice.other),
        name: '12345 热线接通率',
        level1: 'OUTPUT',
        level2: 'QUALITY',
        direction: DIRECTIONS[code],
        unit: pick([undefined, '%'], dice.part),
        baseline: pick([undefined, '90.1'], dice.other),
        points: pick([undefined, '10'], dice.part),
        task: task !== undefined && (dice.blind || known.of('task', task).length > 0) ? task : undefined,
        ...(DIRECTIONS[code] === 'RANGE' ? { target: '80', targetUpper: '98.2' } : targets(code, dice)),
      },
    };
  },
  revise: (dice: Dice, known: Known): Command => {
    const code = codeOf(dice, known);
    const points = pick([undefined, '5', '22.5'], dice.other);
    return { mutation: 'reviseIndicatorTarget', kind: 'indicator', input: { code, points, ...targets(code, dice) } };
  },
  observe: (dice: Dice, known: Known): Command => {
    const code = codeOf(dice, known);
    return {
      mutation: 'recordObservation',
      kind: 'indicator',
      input: {
        code,
        observedOn: dice.day,
        qualifier: pick([undefined, 'GT', 'APPROX', 'GE', 'LT'], dice.other),
        source: pick([undefined, '热线平台'], dice.part),
        ...observed(code, dice),
        effectiveAt: dice.blind ? dice.at : undefined,
      },
    };
  },
  correct: (dice: Dice, known: Known): Command => {
    const meant = known.by(...(dice.blind ? [] : ['recordObservation']));
    const { code, change } = meant.length === 0 ? { code: 'I1', change: 'none' } : pick(meant, dice.part);
    const withdraw = dice.extra % 4 === 0;
    return {
      mutation: 'correctObservation',
      kind: 'indicator',
      input: {
        code,
        observation: change,
        ...(withdraw
          ? { withdraw }
          : {
              observedOn: pick([undefined, dice.day], dice.extra),
              qualifier: pick([undefined, 'LE'], dice.other),
              ...(dice.extra % 3 === 0 ? {} : observed(code, dice)),
            }),
      },
    };
  },
  retire: (dice: Dice, known: Known): Command => ({
    mutation: 'retireIndicator',
    kind: 'indicator',
    input: { code: codeOf(dice, known) },
  }),
};
