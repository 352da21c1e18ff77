import { yearCode } from '../../kernel/codes';
import { Projection } from '../../projector/projection';
import { DocumentKey, documentKey, Membership } from '../../read-model/temporal-store';
import { inFiscalYear } from '../shared/fiscal-years';
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
    return { department, fiscalYear, state: viewBudget(record), otherDocuments, members: membersAdded(budget, event) };
  },
};

/** The facts that an event records or restates. */
function factsTouched(record: BudgetRecord, event: BudgetEvent): readonly BudgetFact[] {
  if (event.type === 'BudgetFactCorrected') return [factOf(record, correctedKey(event.data))];
  if (event.type === 'BudgetClosed') return [];
  return factsOf(event);
}

function membersAdded(budget: string, event: BudgetEvent): readonly Membership[] {
  if (event.type === 'BudgetFactCorrected' || event.type === 'BudgetClosed') return [];
  const lines = factsOf(event).flatMap(({ newLine }) =>
    newLine === undefined ? [] : [{ collection: linesOf(budget), code: newLine.code }],
  );
  if (event.type !== 'BudgetApproved') return lines;
  const { department, fiscalYear } = event.data;
  return [{ collection: 'BUDGET', code: budget }, inFiscalYear(department, fiscalYear), ...lines];
}
