import { evaluationDecider } from '../../../src/features/evaluations/decider';
import { EvaluationEvent, EvaluationSubmitted } from '../../../src/features/evaluations/events';
import { specificationOf, DatedFact } from '../../support/specification';

/** Histories of one evaluation, D1.2023. */

const factOf = (type: EvaluationEvent['type'], data: object, on: string): DatedFact => ({ type, data, on });

export const opened = (on = '2024-01-15'): DatedFact =>
  factOf('EvaluationOpened', { department: 'D1', fiscalYear: 2023 }, on);
export const submitted = (on: string, submission: Partial<EvaluationSubmitted> = {}): DatedFact =>
  factOf('EvaluationSubmitted', { selfScore: '97.63', problems: [], improvements: [], ...submission }, on);
export const returned = (on: string): DatedFact => factOf('EvaluationReturned', {}, on);
export const confirmed = (on: string, reviewScore?: string): DatedFact =>
  factOf('EvaluationConfirmed', { reviewScore }, on);
export const published = (on: string): DatedFact => factOf('EvaluationPublished', {}, on);
export const revised = (on: string): DatedFact => factOf('EvaluationRevised', {}, on);

export const { recordOf, given } = specificationOf(evaluationDecider, {
  today: '2024-06-30',
  existing: [{ entityType: 'DEPARTMENT', code: 'D1' }],
});
