import { commandInput } from '../../actions/command-fields';
import { decimal, optional } from '../../input/fields';
import { DEFINITION_FIELDS } from './definition-input';
import { refuseEmptyRange } from './target-range';

/** What a revision holds, in the order of the recorded event. */
export const REVISION_FIELDS = {
  target: optional(
    decimal(
      '新的年度指标值，以 unit 为单位；RANGE 为下限。QUALITATIVE：KIND_MISMATCH；高于上限：TARGET_RANGE。The new target, in unit; for a RANGE, its lower end. If the indicator is QUALITATIVE: KIND_MISMATCH. If it is above the upper end: TARGET_RANGE.',
    ),
  ),
  targetUpper: optional(
    decimal(
      '新的区间上限，以 unit 为单位。非 RANGE：KIND_MISMATCH；低于下限：TARGET_RANGE。The new upper end of a RANGE, in unit. If the indicator is no RANGE: KIND_MISMATCH. If it is below the lower end: TARGET_RANGE.',
    ),
  ),
  points: optional(decimal('新的分值，不小于 0。The new points; 0 or more.', { min: '0' })),
};

export const ReviseIndicatorTargetInput = commandInput(
  'ReviseIndicatorTargetInput',
  '指标值调整：至少填写一项，不填的保持不变。New targets or points. At least one is given; what is left out stays as it is.',
  { code: DEFINITION_FIELDS.code, ...REVISION_FIELDS },
  (revision, context) => {
    if (!Object.keys(REVISION_FIELDS).some((name) => context.isGiven(name))) {
      context.refuse('', 'must give a target, an upper target, or points');
    }
    refuseEmptyRange(revision, context);
  },
);
