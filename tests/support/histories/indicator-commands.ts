import { Dice, pick } from './dice';
import { Command, Known } from './known';

/** Each indicator has its direction, so that a command can suit it. */
const DIRECTIONS: Readonly<Record<string, string>> = {
  I1: 'AT_LEAST',
  i2: 'AT_MOST',
  I3: 'EQUAL',
  'I-4': 'RANGE',
  I5: 'QUALITATIVE',
};
const INDICATORS = Object.keys(DIRECTIONS);
const VALUES = ['0', '0.00', '80', '80.0', '97.4', '98.2', '120', '-3'];

const nameOf = (code: string): string => `INDICATOR/${code}`;
const codeOf = (dice: Dice, known: Known): string =>
  pick(dice.blind ? INDICATORS : known.existing(INDICATORS, nameOf), dice.entity);

/** What suits the indicator, except of a blind command: that is the other way about. */
const isQualitative = (code: string, { blind }: Dice): boolean => (DIRECTIONS[code] === 'QUALITATIVE') !== blind;

function targets(code: string, dice: Dice): Readonly<Record<string, unknown>> {
  if (isQualitative(code, dice)) return {};
  const target = pick([undefined, '0', '80', '80.00', '95'], dice.part);
  return { target, targetUpper: DIRECTIONS[code] === 'RANGE' ? pick([undefined, '98.2', '200'], dice.other) : undefined };
}

const observed = (code: string, dice: Dice): Readonly<Record<string, unknown>> =>
  isQualitative(code, dice)
    ? { text: pick(['达成预期指标', '部分达成'], dice.part) }
    : { value: pick(VALUES, dice.part), text: pick([undefined, '超过目标'], dice.other) };

export const indicatorCommands = {
  define: (dice: Dice, known: Known): Command => {
    const code = pick(dice.blind ? INDICATORS : known.missing(INDICATORS, nameOf), dice.entity);
    const task = pick([undefined, 'T1', 't-2'], dice.other);
    return {
      mutation: 'defineIndicator',
      input: {
        code,
        department: pick(known.existing(['D1', 'd-2'], (department) => `DEPARTMENT/${department}`), dice.part),
        fiscalYear: pick([2023, 2024], dice.other),
        name: '12345 热线接通率',
        level1: 'OUTPUT',
        level2: 'QUALITY',
        direction: DIRECTIONS[code],
        unit: pick([undefined, '%'], dice.part),
        baseline: pick([undefined, '90.1'], dice.other),
        points: pick([undefined, '10'], dice.part),
        task: task !== undefined && (dice.blind || known.has(`TASK/${task}`)) ? task : undefined,
        ...(DIRECTIONS[code] === 'RANGE' ? { target: '80', targetUpper: '98.2' } : targets(code, dice)),
      },
    };
  },
  revise: (dice: Dice, known: Known): Command => {
    const code = codeOf(dice, known);
    const points = pick([undefined, '5', '22.5'], dice.other);
    return { mutation: 'reviseIndicatorTarget', input: { code, points, ...targets(code, dice) } };
  },
  observe: (dice: Dice, known: Known): Command => {
    const code = codeOf(dice, known);
    return {
      mutation: 'recordObservation',
      input: {
        code,
        observedOn: dice.day,
        qualifier: pick([undefined, 'GT', 'APPROX'], dice.other),
        source: pick([undefined, '热线平台'], dice.part),
        ...observed(code, dice),
        effectiveAt: dice.blind ? dice.at : undefined,
      },
    };
  },
  correct: (dice: Dice, known: Known): Command => {
    const code = codeOf(dice, known);
    const meant = dice.blind ? known.of(nameOf(code)) : known.of(nameOf(code), 'recordObservation');
    const withdraw = dice.amount % 4 === 0;
    return {
      mutation: 'correctObservation',
      input: {
        code,
        observation: meant.length === 0 ? 'none' : pick(meant, dice.part).change,
        observedOn: pick([undefined, dice.day], dice.other),
        qualifier: pick([undefined, undefined, 'LE'], dice.other),
        ...(withdraw ? { withdraw } : observed(code, dice)),
      },
    };
  },
  retire: (dice: Dice, known: Known): Command => ({ mutation: 'retireIndicator', input: { code: codeOf(dice, known) } }),
};
