import { Decider, DecisionOf, FactOf } from '../../command-handling/decider';
import { yearCode } from '../../kernel/codes';
import { Decimal } from '../../kernel/decimal';
import { conflict, notFound, ok, refused } from '../../kernel/refusal';
import { openedWith } from './decide-opening';
import { refusalOfScores } from './decide-scoring';
import { submittedScores } from './decide-submission';
import { EvaluationEvent, EvaluationSubmitted, LineIndicator, LineJudgement } from './events';
import { judgementsInForce } from './judgements';
import { evaluationFold, EvaluationRecord, EvaluationStatus } from './record';
import { mismatch, ruleViolation } from './rules';
import { ScoringBasis } from './scoring-basis';
import { submitterOf, viewEvaluation } from './views';
import { WantedTemplate } from './wanted-template';

export type EvaluationCommand = { readonly department: string; readonly fiscalYear: number } & (
  | ({
      readonly kind: 'open';
      readonly template?: WantedTemplate;
      readonly indicators?: readonly LineIndicator[];
    } & OnBasis)
  | ({ readonly kind: 'score'; readonly scores: readonly LineJudgement[] } & OnBasis)
  | ({ readonly kind: 'submit'; readonly submission: EvaluationSubmitted } & OnBasis)
  | { readonly kind: 'return' }
  | { readonly kind: 'confirm'; readonly reviewScore?: Decimal }
  | { readonly kind: 'publish' }
  | { readonly kind: 'revise' }
);

/** What a command on an evaluation with a template is judged on besides the record. It is read just before. */
interface OnBasis {
  readonly basis?: ScoringBasis;
}

type Step = Exclude<EvaluationCommand, { readonly kind: 'open' }>;

type Fact = FactOf<EvaluationEvent>;
type Decision = DecisionOf<EvaluationEvent>;

/** The statuses that each step is legal from. */
const LEGAL_FROM: Readonly<Record<Step['kind'], readonly EvaluationStatus[]>> = {
  score: ['DRAFT', 'RETURNED'],
  submit: ['DRAFT', 'RETURNED'],
  return: ['SUBMITTED'],
  confirm: ['SUBMITTED'],
  publish: ['CONFIRMED'],
  revise: ['PUBLISHED'],
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
      const opened = openedWith({ department, fiscalYear, indicators: command.indicators }, command.basis);
      return opened.ok ? ok([{ type: 'EvaluationOpened', data: opened.value }]) : opened;
    }
    if (record === undefined) return notFound(`There is no evaluation ${evaluation}`);
    const { status } = viewEvaluation(record);
    const legal = LEGAL_FROM[command.kind];
    if (!legal.includes(status)) {
      const needed = legal.join(' or ');
      return ruleViolation('EVALUATION_STATE', `Evaluation ${evaluation} is ${status}; this step needs ${needed}`);
    }
    const submitter = submitterOf(record);
    // Whoever confirms a proposal to do so takes part in it, too.
    const acting = [context.actor, context.confirmer];
    if (REVIEWING.has(command.kind) && submitter !== undefined && acting.includes(submitter)) {
      return ruleViolation(
        'OWN_SUBMISSION',
        `Evaluation ${evaluation} needs another person for this step than the one that submitted it`,
      );
    }
    return factOf(record, command);
  },
};

function factOf(record: EvaluationRecord, step: Step): Decision {
  switch (step.kind) {
    case 'score':
      return score(step.scores, step.basis);
    case 'submit':
      return submit(record, step.submission, step.basis);
    case 'return':
      return recorded({ type: 'EvaluationReturned', data: {} });
    case 'confirm':
      return recorded({ type: 'EvaluationConfirmed', data: { reviewScore: step.reviewScore } });
    case 'publish':
      return recorded({ type: 'EvaluationPublished', data: {} });
    case 'revise':
      return recorded({ type: 'EvaluationRevised', data: {} });
  }
}

const recorded = (fact: Fact): Decision => ok([fact]);

function score(scores: readonly LineJudgement[], basis: ScoringBasis | undefined): Decision {
  if (basis === undefined) return mismatch('The evaluation has no template, and so no lines');
  const refusal = refusalOfScores(scores, basis);
  return refusal === undefined ? recorded({ type: 'EvaluationScored', data: { scores } }) : refused(refusal);
}

function submit(record: EvaluationRecord, submission: EvaluationSubmitted, basis: ScoringBasis | undefined): Decision {
  if (basis === undefined) return recorded({ type: 'EvaluationSubmitted', data: submission });
  const scored = submittedScores(basis, judgementsInForce(record.judgements));
  return scored.ok ? recorded({ type: 'EvaluationSubmitted', data: { ...submission, scored: scored.value } }) : scored;
}
