import { Decider, DecisionOf, FactOf } from '../../command-handling/decider';
import { yearCode } from '../../kernel/codes';
import { Decimal } from '../../kernel/decimal';
import { conflict, notFound, ok } from '../../kernel/refusal';
import { EvaluationEvent, EvaluationSubmitted } from './events';
import { evaluationFold, EvaluationRecord, EvaluationStatus } from './record';
import { ruleViolation } from './rules';
import { submitterOf, viewEvaluation } from './views';

export type EvaluationCommand = { readonly department: string; readonly fiscalYear: number } & (
  | { readonly kind: 'open' }
  | { readonly kind: 'submit'; readonly submission: EvaluationSubmitted }
  | { readonly kind: 'return' }
  | { readonly kind: 'confirm'; readonly reviewScore?: Decimal }
  | { readonly kind: 'publish' }
);
type Step = Exclude<EvaluationCommand, { readonly kind: 'open' }>;

type Fact = FactOf<EvaluationEvent>;
type Decision = DecisionOf<EvaluationEvent>;

/** The statuses that each step is legal from. */
const LEGAL_FROM: Readonly<Record<Step['kind'], readonly EvaluationStatus[]>> = {
  submit: ['DRAFT', 'RETURNED'],
  return: ['SUBMITTED'],
  confirm: ['SUBMITTED'],
  publish: ['CONFIRMED'],
};

/** The steps that the person that submitted may not take. */
const REVIEWING: ReadonlySet<Step['kind']> = new Set<Step['kind']>(['confirm', 'publish']);

export const evaluationDecider: Decider<EvaluationRecord, EvaluationCommand> = {
  ...evaluationFold,
  departmentOf: (_record, { department }) => department,
  references: ({ kind, department }) => (kind === 'open' ? [{ entityType: 'DEPARTMENT', code: department }] : []),
  decide(record, command, context): Decision {
    const { department, fiscalYear } = command;
    const evaluation = yearCode(department, fiscalYear);
    if (command.kind === 'open') {
      if (record !== undefined) return conflict(`Evaluation ${evaluation} is open already`);
      if (!context.exists({ entityType: 'DEPARTMENT', code: department })) {
        return notFound(`There is no department ${department}`);
      }
      return ok([{ type: 'EvaluationOpened', data: { department, fiscalYear } }]);
    }
    if (record === undefined) return notFound(`There is no evaluation ${evaluation}`);
    const { status } = viewEvaluation(record);
    const legal = LEGAL_FROM[command.kind];
    if (!legal.includes(status)) {
      const needed = legal.join(' or ');
      return ruleViolation('EVALUATION_STATE', `Evaluation ${evaluation} is ${status}; this step needs ${needed}`);
    }
    if (REVIEWING.has(command.kind) && submitterOf(record) === context.actor) {
      return ruleViolation(
        'OWN_SUBMISSION',
        `${context.actor} submitted evaluation ${evaluation}; this step needs another person`,
      );
    }
    return ok([factOf(command)]);
  },
};

function factOf(step: Step): Fact {
  switch (step.kind) {
    case 'submit':
      return { type: 'EvaluationSubmitted', data: step.submission };
    case 'return':
      return { type: 'EvaluationReturned', data: {} };
    case 'confirm':
      return { type: 'EvaluationConfirmed', data: { reviewScore: step.reviewScore } };
    case 'publish':
      return { type: 'EvaluationPublished', data: {} };
  }
}
