import { yearCode } from '../../kernel/codes';
import { Projection } from '../../projector/projection';
import { DueFollowUp, followUpDue, followUpMade } from '../../read-model/follow-ups';
import { DocumentKey, documentKey, Membership } from '../../read-model/temporal-store';
import { inFiscalYear } from '../shared/fiscal-years';
import { linkOf } from './carry-overs';
import { BudgetEvent, budgetEventOf } from './events';
import { BudgetFact, factsOf, postingsOf } from './facts';
import { budgetFold, BudgetRecord, correctedKey, factOf, lineOf } from './record';
import { viewBudget, viewLine } from './views';

export const lineKey = (budget: string, line: string): DocumentKey => documentKey('BUDGET_LINE', `${budget}/${line}`);
export const linesOf = (budget: string): string => `BUDGET_LINE/${budget}`;

/** One document holds the totals, and each line has its own, so that a change writes only the lines that it touches. */
export const budgetProjection: Projection<BudgetRecord> = {
  ...budgetFold,
  project(record, stored) {
    const event = budgetEventOf(stored);
    const { department, fiscalYear } = record;
    const budget = yearCode(department, fiscalYear);
    const postings = factsTouched(record, event).flatMap(postingsOf);
    const otherDocuments = postings.map(({ line }) => ({
      key: lineKey(budget, line),
      revision: lineOf(record, line).revision,
      state: viewLine(record, line),
    }));
    const members = [...membersAdded(record, event), ...followUpsIn(record, event)];
    return { department, fiscalYear, state: viewBudget(record), otherDocuments, members };
  },
};

/** The facts that an event records or restates. */
function factsTouched(record: BudgetRecord, event: BudgetEvent): readonly BudgetFact[] {
  if (event.type === 'BudgetFactCorrected') return [factOf(record, correctedKey(event.data))];
  if (event.type === 'BudgetClosed') return [];
  return factsOf(event);
}

function membersAdded({ department, fiscalYear }: BudgetRecord, event: BudgetEvent): readonly Membership[] {
  const budget = yearCode(department, fiscalYear);
  if (event.type === 'BudgetClosed' || event.type === 'BudgetFactCorrected') return [];
  const lines = factsOf(event).flatMap(({ newLine }) =>
    newLine === undefined ? [] : [{ collection: linesOf(budget), code: newLine.code }],
  );
  if (event.type !== 'BudgetApproved') return lines;
  return [{ collection: 'BUDGET', code: budget }, inFiscalYear(department, fiscalYear), ...lines];
}

/** The follow-ups that the event makes due, and the one that it is. */
function followUpsIn(record: BudgetRecord, event: BudgetEvent): readonly Membership[] {
  const { department, fiscalYear } = record;
  const between = (changeId: string, from: number, to: number): DueFollowUp => ({
    entityType: 'BUDGET',
    from: yearCode(department, from),
    changeId,
    to: yearCode(department, to),
  });
  const [touched] = factsTouched(record, event);
  const link = linkOf(event, touched);
  if (link === undefined) return [];
  return link.kind === 'isHandedOn'
    ? [followUpDue(between(event.id, fiscalYear, link.toFiscalYear))]
    : [followUpMade(between(link.changeId, link.fromFiscalYear, fiscalYear))];
}
