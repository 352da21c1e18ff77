import { actionsOn, ActionsOf } from '../../actions/action';
import { commandInput } from '../../actions/command-fields';
import { code as codeNamed, flag, label, list, orDefault } from '../../input/fields';
import { INPUT_BOUNDS } from '../../kernel/limits';
import { codeOf } from '../shared/fields';
import { partOf } from '../shared/part-of';
import { TemplateCommand, templateDecider } from './decider';
import { line } from './line-input';
import { templateProjection } from './projection';
import { templateReading } from './readings';
import { refuseBrokenTree } from './tree';

const action = actionsOn({
  decider: templateDecider,
  reading: templateReading,
  projection: templateProjection,
  codeOf: ({ code }: { readonly code: string }) => code,
});

const FIELDS = {
  code: codeOf('模板代码', 'The code of the template'),
  department: codeNamed(
    '发布部门的代码；部门必须已登记，否则 NOT_FOUND；模板始终属于首次发布的部门，否则 CONFLICT。The code of the department that publishes it, which must be registered: else NOT_FOUND. A template stays with the department that first published it: else CONFLICT.',
  ),
  name: label('名称，非空，最多 500 个字符。The name; not blank, at most 500 characters.'),
  unofficial: orDefault(
    flag(
      '非官方：不是主管机关发布的模板，凡显示其得分处均注明。Whether it is not an authority’s: that is shown wherever its scores are shown.',
    ),
    true,
  ),
  lines: list(
    line,
    { most: INPUT_BOUNDS.maxTemplateLines, notEmpty: 'must not be empty' },
    '评分行，最多 500 行，最多 10 层。The lines: at most 500, on at most 10 levels.',
  ),
};

export const templateActions = {
  publish: action({
    name: 'publishScoringTemplate',
    description:
      '发布评分模板的新版本，从 1 起编号；已发布的版本不再改变。分值合计不符：TEMPLATE_TOTAL。Publishes the next version of a scoring template; the first is 1. A published version never changes. If points do not add up: TEMPLATE_TOTAL.',
    input: commandInput(
      'PublishScoringTemplateInput',
      '评分模板发布。A version of a scoring template to publish.',
      FIELDS,
      ({ lines = [] }, context) => {
        refuseBrokenTree(lines, context);
      },
    ),
    toCommand: (input) => ({ kind: 'publish', template: partOf(FIELDS, input) }),
  }),
} satisfies ActionsOf<TemplateCommand>;
