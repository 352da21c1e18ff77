import { inputObject } from '../../input/field';
import { anyOf, code, decimal, flag, label, list, object, optional, orDefault, text } from '../../input/fields';
import { INPUT_BOUNDS } from '../../kernel/limits';

const LineScoreInput = inputObject(
  'LineScoreInput',
  '评分行的人工评分，整体替代先前的内容。What a person says about a line. It replaces what was said before as a whole.',
  {
    line: code('评分行的代码；须有评分规则，否则 NOT_FOUND。The code of a line with a rule: else NOT_FOUND.'),
    score: optional(
      decimal(
        '得分，不低于 0，不高于该行分值；用于 BAND、MANUAL 行和规则无法计算的行，须有 reason。The score in points of the line, from 0 to its points: of BAND, of MANUAL, and of a line that its rule cannot score. It needs a reason (REASON_REQUIRED).',
        { min: '0', max: '100' },
      ),
    ),
    notApplicable: orDefault(
      flag(
        '不适用：该行不计分，其余折算为 100。Whether the line does not apply: it drops out, and the rest counts as 100.',
      ),
      false,
    ),
    met: optional(
      anyOf(
        label('', { most: INPUT_BOUNDS.maxCodeLength }),
        { most: INPUT_BOUNDS.maxRuleItems },
        '已满足的清单项，用于 CHECKLIST 行；空列表得 0 分。The items of a CHECKLIST that are met; an empty list scores 0.',
      ),
    ),
    reason: optional(text('评分理由。Why the score is what it is; at most 20,000 characters.')),
    deviationReason: optional(text('偏差原因。Why the score is below full points; at most 20,000 characters.')),
    improvement: optional(text('改进措施。What will be improved; at most 20,000 characters.')),
  },
  ({ notApplicable, score, met }, { refuse }) => {
    if (!notApplicable) return;
    if (score !== undefined) refuse('/score', 'excludes notApplicable');
    if (met !== undefined) refuse('/met', 'excludes notApplicable');
  },
);

export const SCORES = list(
  object(LineScoreInput),
  { most: INPUT_BOUNDS.maxTemplateLines, notEmpty: 'must not be empty' },
  '各行的评分，最多 500 行，每行一次。What is said about lines: at most 500, each once.',
);
