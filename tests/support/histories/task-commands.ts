import { Dice, pick } from './dice';
import { Command, Known } from './known';

const TASKS = ['T1', 't-2', 'T10'];
const MILESTONES = ['M1', 'M2', 'M3'];

const codeOf = (dice: Dice, known: Known): string =>
  pick(dice.blind ? TASKS : known.existing('task', TASKS), dice.entity);

/** A day, an effective date, or both. */
const dated = (name: string, { day, at, other }: Dice): Readonly<Record<string, unknown>> =>
  pick([{ [name]: day, effectiveAt: undefined }, { [name]: day, effectiveAt: at }, { effectiveAt: at }], other);

export const taskCommands = {
  plan: (dice: Dice, known: Known): Command => {
    const parent = pick([undefined, ...TASKS], dice.part);
    return {
      mutation: 'planTask',
      kind: 'task',
      input: {
        code: pick(dice.blind ? TASKS : known.missing('task', TASKS), dice.entity),
        department: pick(['D1', 'd-2'], dice.other),
        fiscalYear: pick([2023, 2024], dice.part),
        title: '建设“一网通办”',
        goal: pick([undefined, '覆盖八成事项'], dice.other),
        parent: parent !== undefined && (dice.blind || known.of('task', parent).length > 0) ? parent : undefined,
        weight: pick([undefined, '12.50'], dice.part),
        dueOn: pick([undefined, dice.day, '2023-06-30'], dice.other),
        milestones: MILESTONES.map((milestone) => ({ code: milestone, title: `第 ${milestone} 步`, dueOn: dice.day })),
      },
    };
  },
  report: (dice: Dice, known: Known): Command => ({
    mutation: 'reportTaskProgress',
    kind: 'task',
    input: {
      code: codeOf(dice, known),
      progress: pick(['0', '0.00', '12.5', '60', '99.99', '100'], dice.part),
      note: pick([undefined, '进展顺利'], dice.other),
      reason: dice.blind ? undefined : '重新核定',
    },
  }),
  reach: (dice: Dice, known: Known): Command => ({
    mutation: 'reachMilestone',
    kind: 'task',
    input: { code: codeOf(dice, known), milestone: pick(MILESTONES, dice.part), ...dated('reachedOn', dice) },
  }),
  complete: (dice: Dice, known: Known): Command => ({
    mutation: 'completeTask',
    kind: 'task',
    input: { code: codeOf(dice, known), ...dated('completedOn', dice) },
  }),
  cancel: (dice: Dice, known: Known): Command => ({
    mutation: 'cancelTask',
    kind: 'task',
    input: { code: codeOf(dice, known) },
  }),
  reopen: (dice: Dice, known: Known): Command => ({
    mutation: 'reopenTask',
    kind: 'task',
    input: { code: codeOf(dice, known) },
  }),
};
