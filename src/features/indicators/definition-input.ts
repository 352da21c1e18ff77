import { commandInput } from '../../actions/command-fields';
import { CheckContext, ValueOf } from '../../input/field';
import { code, decimal, label, oneOf, optional } from '../../input/fields';
import { INPUT_BOUNDS } from '../../kernel/limits';
import { codeOf, YEAR_OF_DEPARTMENT } from '../shared/fields';
import { Directions, FirstLevels, SecondLevels } from './choices';
import { refuseEmptyRange } from './target-range';

/** What a definition holds, in the order of the recorded event. */
export const DEFINITION_FIELDS = {
  code: codeOf('指标代码', 'The code of the indicator'),
  ...YEAR_OF_DEPARTMENT,
  name: label(
    '指标名称（三级指标），非空，最多 500 个字符。The name of the indicator, its third level; not blank, at most 500 characters.',
  ),
  level1: oneOf(FirstLevels, '一级指标。The first level of its classification.'),
  level2: oneOf(SecondLevels, '二级指标。The second level of its classification.'),
  direction: oneOf(Directions, '指标性质：观测值如何与指标值比较。How a value is compared with the target.'),
  unit: optional(
    label(
      '度量单位，用于所有数值，非空，最多 50 个字符。The unit of all values of the indicator, such as % or 份; not blank, at most 50 characters.',
      { most: INPUT_BOUNDS.maxUnitLength },
    ),
  ),
  baseline: optional(decimal('基线值，以 unit 为单位。The value to compare the target with, in unit.')),
  target: optional(
    decimal(
      '年度指标值，以 unit 为单位。RANGE 必填，为下限；QUALITATIVE 不填。不符为 BAD_USER_INPUT。The target, in unit. A RANGE needs it as its lower end; a QUALITATIVE indicator has none. Else: BAD_USER_INPUT.',
    ),
  ),
  targetUpper: optional(
    decimal(
      '区间上限，以 unit 为单位。仅 RANGE 填写且必填，不低于 target。不符为 BAD_USER_INPUT。The upper end of a RANGE, in unit. A RANGE needs it, not below target; any other indicator has none. Else: BAD_USER_INPUT.',
    ),
  ),
  points: optional(
    decimal('分值，不小于 0。How many points the indicator counts in the evaluation; 0 or more.', { min: '0' }),
  ),
  task: optional(
    code(
      '所衡量任务的代码；任务必须已存在，否则 NOT_FOUND。The code of the task that the indicator measures, which exists already: else NOT_FOUND.',
    ),
  ),
};

export const DefineIndicatorInput = commandInput(
  'DefineIndicatorInput',
  '指标设定。An indicator to define. What it says is true from the beginning.',
  DEFINITION_FIELDS,
  checkDefinition,
);

function checkDefinition(definition: Partial<ValueOf<typeof DEFINITION_FIELDS>>, context: CheckContext): void {
  const { direction } = definition;
  if (direction === 'RANGE') {
    for (const end of ['target', 'targetUpper']) {
      if (!context.isGiven(end)) context.refuse(`/${end}`, 'is required: a RANGE has two ends');
    }
    refuseEmptyRange(definition, context);
    return;
  }
  if (direction === 'QUALITATIVE' && context.isGiven('target')) {
    context.refuse('/target', 'must be left out: a QUALITATIVE indicator has no target');
  }
  if (context.isGiven('targetUpper')) {
    context.refuse('/targetUpper', 'must be left out: only a RANGE has an upper end');
  }
}
