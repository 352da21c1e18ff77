import { dateGiven, decimalGiven, given } from '../../../graphql/command-input';
import { ok, refused, Result, Violation } from '../../../kernel/refusal';
import { TaskPlanned } from '../events';
import { PlanTaskInput } from './inputs';

/** A validated input as a plan, or what is wrong with it that needs more than one field to see. */
export function readPlan(input: PlanTaskInput): Result<TaskPlanned> {
  const { code, department, fiscalYear, title } = input;
  const plan: TaskPlanned = {
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
  const violations = [...violationsOf(plan)];
  return violations.length > 0 ? refused({ kind: 'BAD_USER_INPUT', violations }) : ok(plan);
}

function* violationsOf({ code, parent, startOn, dueOn, milestones }: TaskPlanned): Iterable<Violation> {
  if (parent === code) yield { path: '/input/parent', message: 'must be another task' };
  if (startOn !== undefined && dueOn !== undefined && dueOn < startOn) {
    yield { path: '/input/dueOn', message: 'must not be before startOn' };
  }
  const seen = new Set<string>();
  for (const [index, milestone] of milestones.entries()) {
    if (seen.has(milestone.code)) {
      yield { path: `/input/milestones/${index}/code`, message: 'stands in the plan twice' };
    }
    seen.add(milestone.code);
  }
}
