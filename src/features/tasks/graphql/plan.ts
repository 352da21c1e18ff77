import { dateGiven, decimalGiven, given } from '../../../graphql/command-input';
import { judgeWhole } from '../../../graphql/input-checks';
import { parseLocalDate } from '../../../kernel/time';
import { TaskPlanned } from '../events';
import { PlanTaskInput } from './inputs';

/** A validated input as a plan. */
export function readPlan(input: PlanTaskInput): TaskPlanned {
  const { code, department, fiscalYear, title } = input;
  return {
    code,
    department,
    fiscalYear,
    title,
    goal: given(input.goal),
    parent: given(input.parent),
    weight: decimalGiven(input.weight),
    startOn: dateGiven(input.startOn),
    dueOn: dateGiven(input.dueOn),
    milestones: (input.milestones ?? []).map((milestone) => ({
      code: milestone.code,
      title: milestone.title,
      dueOn: dateGiven(milestone.dueOn),
    })),
  };
}

judgeWhole(PlanTaskInput, function* ({ code, parent, startOn, dueOn, milestones }) {
  if (parent === code) yield { path: '/parent', message: 'must be another task' };
  const [start, due] = [parseLocalDate(startOn ?? ''), parseLocalDate(dueOn ?? '')];
  if (start !== undefined && due !== undefined && due < start) {
    yield { path: '/dueOn', message: 'must not be before startOn' };
  }
  const seen = new Set<string>();
  for (const [index, milestone] of (milestones ?? []).entries()) {
    if (seen.has(milestone.code)) yield { path: `/milestones/${index}/code`, message: 'is in the plan twice' };
    seen.add(milestone.code);
  }
});
