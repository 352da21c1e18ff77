import { Dice, named, pick } from './dice';
import { Command, Known } from './known';

const EVALUATIONS = ['D1.2023', 'd-2.2022'];
const SCORES = ['97.63', '89.994', '89.995', '90', '79.99', '60', '59.995', '0'];

/** The next one of the regular steps; for a blind command, any. */
const STEPS = ['submit', 'return', 'confirm', 'publish'] as const;
const NEXT: Readonly<Record<string, readonly (typeof STEPS)[number][]>> = {
  openEvaluation: ['submit'],
  submitEvaluation: ['return', 'return', 'confirm'],
  returnEvaluation: ['submit'],
  confirmEvaluation: ['publish'],
};

export const evaluationCommands = {
  open: (dice: Dice, known: Known): Command => ({
    mutation: 'openEvaluation',
    kind: 'evaluation',
    input: named(pick(dice.blind ? EVALUATIONS : known.missing('evaluation', EVALUATIONS), dice.entity)),
  }),
  step: (dice: Dice, known: Known): Command => {
    const code = pick(dice.blind ? EVALUATIONS : known.existing('evaluation', EVALUATIONS), dice.entity);
    const evaluation = named(code);
    const last = known.of('evaluation', code).at(-1)?.mutation ?? '';
    switch (pick(dice.blind ? STEPS : (NEXT[last] ?? STEPS), dice.part)) {
      case 'submit':
        return {
          mutation: 'submitEvaluation',
          kind: 'evaluation',
          input: {
            ...evaluation,
            selfScore: pick(SCORES, dice.part),
            conclusion: pick([undefined, '总体良好'], dice.other),
            problems: pick([undefined, ['跨部门数据共享不足']], dice.part),
            improvements: pick([undefined, ['推进数据回流', '完善政策']], dice.other),
          },
        };
      case 'return':
        return { mutation: 'returnEvaluation', kind: 'evaluation', input: evaluation };
      case 'confirm':
        return {
          mutation: 'confirmEvaluation',
          kind: 'evaluation',
          input: { ...evaluation, reviewScore: pick([undefined, ...SCORES], dice.part) },
        };
      case 'publish':
        return { mutation: 'publishEvaluation', kind: 'evaluation', input: evaluation };
    }
  },
};
