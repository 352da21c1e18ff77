import { CellAnswers } from '../forms/reading/answers';
import { Instant, LocalDate } from '../kernel/time';
import { Scope } from '../reading/scope';
import { readBudget, readIndicators, readPayments } from './ledger/on-record';
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
  if (facts.kind === 'payments') {
    const { revision, ...known } = await readPayments(scope, department, fiscalYear);
    const { work } = scope.services;
    const plan = { ...known, department, fiscalYear, payments: facts.payments, source, dateOf: daysOf(scope), work };
    return { steps: await planPayments(plan, answers), budgetRevision: revision };
  }
  const budget = await readBudget(scope, department, fiscalYear);
  const budgetRevision = budget?.revision ?? 0;
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

/** Payments have the time of few days, and arithmetic with time zones is slow. */
function daysOf({ services: { calendar } }: Scope): (at: Instant) => LocalDate {
  const days = new Map<Instant, LocalDate>();
  return (at) => {
    const day = days.get(at) ?? calendar.dateOf(at);
    days.set(at, day);
    return day;
  };
}
