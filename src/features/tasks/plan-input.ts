import { commandInput } from '../../actions/command-fields';
import { CheckContext, inputObject, ValueOf } from '../../input/field';
import { code, date, decimal, label, list, object, optional, text } from '../../input/fields';
import { INPUT_BOUNDS } from '../../kernel/limits';
import { codeOf, YEAR_OF_DEPARTMENT } from '../shared/fields';

const MilestoneInput = inputObject('MilestoneInput', '里程碑。A milestone to plan with its task.', {
  code: codeOf('里程碑代码，在任务内唯一', 'The code of the milestone, unique within the task'),
  title: label('里程碑名称，非空，最多 500 个字符。The title of the milestone; not blank, at most 500 characters.'),
  dueOn: optional(date('计划日期，账本时区。The planned date, in the time zone of the ledger.')),
});

/** What a plan holds, in the order of the recorded event. */
export const PLAN_FIELDS = {
  code: codeOf('任务代码', 'The code of the task'),
  ...YEAR_OF_DEPARTMENT,
  title: label('任务名称，非空，最多 500 个字符。The title of the task; not blank, at most 500 characters.'),
  goal: optional(text('任务目标，最多 20000 个字符。What the task is to reach; at most 20,000 characters.')),
  parent: optional(
    code(
      '上级任务的代码；上级任务必须已存在，否则 NOT_FOUND。The code of the task that this one is a part of. It is another task and exists already: else NOT_FOUND.',
    ),
  ),
  weight: optional(
    decimal('权重，不小于 0，单位不作规定。The weight of the task, 0 or more; its unit is not prescribed.', {
      min: '0',
    }),
  ),
  startOn: optional(date('计划开始日期，账本时区。The planned first day, in the time zone of the ledger.')),
  dueOn: optional(
    date(
      '计划完成日期，账本时区，不早于 startOn。The planned last day, in the time zone of the ledger; not before startOn.',
    ),
  ),
  milestones: optional(
    list(
      object(MilestoneInput, MilestoneInput.description),
      { most: INPUT_BOUNDS.maxMilestones },
      '里程碑，最多 100 个，代码不得重复。The milestones, at most 100, each with a code of its own.',
    ),
  ),
};

export const PlanTaskInput = commandInput(
  'PlanTaskInput',
  '任务下达。A task to plan. What it says is true from the beginning.',
  PLAN_FIELDS,
  checkPlan,
);

function checkPlan(plan: Partial<ValueOf<typeof PLAN_FIELDS>>, context: CheckContext): void {
  const { startOn, dueOn, milestones = [] } = plan;
  if (plan.parent === plan.code) context.refuse('/parent', 'must be another task');
  if (startOn !== undefined && dueOn !== undefined && dueOn < startOn) {
    context.refuse('/dueOn', 'must not be before startOn');
  }
  const seen = new Set<string>();
  for (const [index, milestone] of milestones.entries()) {
    if (seen.has(milestone.code)) context.refuse(`/milestones/${index}/code`, 'is in the plan twice');
    seen.add(milestone.code);
  }
}
