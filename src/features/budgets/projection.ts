import { fiscalYearsOf, yearCode } from '../../kernel/codes';
import { Projection } from '../../projector/projection';
import { DocumentKey, documentKey, Membership } from '../../read-model/temporal-store';
import { BudgetEvent } from './events';
import { postingsOf } from './facts';
import { budgetFold, BudgetRecord, correctedKey } from './record';
import { viewBudget, viewLine } from './views';

export const lineKey = (budget: string, line: string): DocumentKey => documentKey('BUDGET_LINE', `${budget}/${line}`);
export const linesOf = (budget: string): string => `BUDGET_LINE/${budget}`;

/** The totals, and beside them a document for each line, so that a change writes what it touched. */
export const budgetProjection: Projection<BudgetRecord> = {
  ...budgetFold,
  project(record, stored) {
    const event = stored as unknown as BudgetEvent;
    const { department, fiscalYear } = record;
    const budget = yearCode(department, fiscalYear);
    const beside = linesTouched(record, event).map((code) => ({
      key: lineKey(budget, code),
      revision: record.lines.get(code)?.revision ?? 0,
      state: viewLine(record, code),
    }));
    return { department, fiscalYear, state: viewBudget(record), beside, members: membersAdded(budget, event) };
  },
};

function linesTouched(record: BudgetRecord, event: BudgetEvent): readonly string[] {
  switch (event.type) {
    case 'BudgetApproved':
      return event.data.lines.map(({ code }) => code);
    case 'BudgetFactCorrected': {
      const corrected = record.facts.get(correctedKey(event.data));
      return corrected === undefined ? [] : postingsOf(corrected).map(({ line }) => line);
    }
    case 'BudgetTransferred':
      return [event.data.fromLine, event.data.toLine];
    case 'BudgetClosed':
      return [];
    default:
      return [event.data.line];
  }
}

function membersAdded(budget: string, event: BudgetEvent): readonly Membership[] {
  switch (event.type) {
    case 'BudgetApproved': {
      const { department, fiscalYear, lines } = event.data;
      return [
        { collection: 'BUDGET', code: budget },
        { collection: fiscalYearsOf(department), code: String(fiscalYear) },
        ...lines.map(({ code }) => ({ collection: linesOf(budget), code })),
      ];
    }
    case 'BudgetSupplemented':
      return event.data.newLine === undefined ? [] : [{ collection: linesOf(budget), code: event.data.newLine.code }];
    default:
      return [];
  }
}
