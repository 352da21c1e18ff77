import { CellAnswers } from '../forms/reading/answers';
import { Scope } from '../reading/scope';
import { readBudget, readIndicators } from './ledger/on-record';
import { planFunds } from './plan/plan-funds';
import { planIndicators } from './plan/plan-indicators';
import { planPayments } from './plan/plan-payments';
import { Source } from './plan/source';
import { Step } from './plan/step';
import { lastDayOf, Subject } from './plan/subject';
import { FileFacts } from './read-source';

/** What is to be recorded, and the revision of the budget that it was compared with. */
export interface ImportPlan {
  readonly steps: readonly Step[];
  readonly budgetRevision: number;
}

/** What is to be recorded of a file, compared with the ledger as the scope sees it. */
export async function planImport(
  scope: Scope,
  facts: FileFacts,
  source: Source,
  answers: CellAnswers,
): Promise<ImportPlan> {
  const { department, fiscalYear } = facts;
  const budget = await readBudget(scope, department, fiscalYear);
  const budgetRevision = budget?.revision ?? 0;
  if (facts.kind === 'payments') {
    const { calendar } = scope.services;
    const dateOf = (at: number): string => calendar.dateOf(at);
    const { payments } = facts;
    const steps = planPayments({ department, fiscalYear, payments, budget, source, dateOf }, answers);
    return { steps, budgetRevision };
  }
  const { form, about, funds, goals, indicators } = facts.reading;
  const subject: Subject = {
    form,
    department,
    fiscalYear,
    project: about.project && { name: about.project.value, code: about.projectCode?.value },
    source,
    lastDay: lastDayOf(fiscalYear, scope.today),
  };
  const known = await readIndicators(scope, department, fiscalYear);
  const ofBudget = planFunds(subject, { funds, goals }, budget, answers);
  return { steps: [...ofBudget, ...planIndicators(subject, indicators, known, answers)], budgetRevision };
}
