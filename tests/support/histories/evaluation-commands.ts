import { Dice, pick } from './dice';
import { Command, Known } from './known';

interface EvaluationName {
  readonly department: string;
  readonly fiscalYear: number;
}

const EVALUATIONS: readonly EvaluationName[] = [
  { department: 'D1', fiscalYear: 2023 },
  { department: 'd-2', fiscalYear: 2022 },
];
const SCORES = ['97.63', '89.994', '89.995', '90', '79.99', '60', '59.995', '0'];

const nameOf = ({ department, fiscalYear }: EvaluationName): string => `EVALUATION/${department}.${fiscalYear}`;
const evaluationOf = (dice: Dice, known: Known): EvaluationName =>
  pick(dice.blind ? EVALUATIONS : known.existing(EVALUATIONS, nameOf), dice.entity);

/** Of the steps that lead on, the next one; of a blind command, any. */
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
    input: { ...pick(dice.blind ? EVALUATIONS : known.missing(EVALUATIONS, nameOf), dice.entity) },
  }),
  step: (dice: Dice, known: Known): Command => {
    const evaluation = evaluationOf(dice, known);
    const last = known.of(nameOf(evaluation)).at(-1)?.mutation ?? '';
    switch (pick(dice.blind ? STEPS : (NEXT[last] ?? STEPS), dice.part)) {
      case 'submit':
        return {
          mutation: 'submitEvaluation',
          input: {
            ...evaluation,
            selfScore: pick(SCORES, dice.part),
            conclusion: pick([undefined, '总体良好'], dice.other),
            problems: pick([undefined, ['跨部门数据共享不足']], dice.part),
            improvements: pick([undefined, ['推进数据回流', '完善政策']], dice.other),
          },
        };
      case 'return':
        return { mutation: 'returnEvaluation', input: { ...evaluation } };
      case 'confirm':
        return {
          mutation: 'confirmEvaluation',
          input: { ...evaluation, reviewScore: pick([undefined, ...SCORES], dice.part) },
        };
      case 'publish':
        return { mutation: 'publishEvaluation', input: { ...evaluation } };
    }
  },
};
