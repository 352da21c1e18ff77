import { evaluationDecider } from '../../../src/features/evaluations/decider';
import { EvaluationEvent, EvaluationSubmitted } from '../../../src/features/evaluations/events';
import { specificationOf, Told } from '../../support/specification';

/** Histories of one evaluation, D1.2023, in the words of the rules. */

const told = (type: EvaluationEvent['type'], data: object, on: string): Told => ({ type, data, on });

export const opened = (on = '2024-01-15'): Told => told('EvaluationOpened', { department: 'D1', fiscalYear: 2023 }, on);
export const submitted = (on: string, submission: Partial<EvaluationSubmitted> = {}): Told =>
  told('EvaluationSubmitted', { selfScore: '97.63', problems: [], improvements: [], ...submission }, on);
export const returned = (on: string): Told => told('EvaluationReturned', {}, on);
export const confirmed = (on: string, reviewScore?: string): Told => told('EvaluationConfirmed', { reviewScore }, on);
export const published = (on: string): Told => told('EvaluationPublished', {}, on);

export const { recordOf, given } = specificationOf(evaluationDecider, {
  today: '2024-06-30',
  existing: [{ entityType: 'DEPARTMENT', code: 'D1' }],
});
