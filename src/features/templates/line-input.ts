import { Field, InputObject, inputObject, ValueOf } from '../../input/field';
import { code, flag, label, object, oneOf, optional, orDefault } from '../../input/fields';
import { TemplateLine } from './events';
import { ScoringRules } from './choices';
import { points } from './numbers';
import { PARAMETERS } from './parameters';

/** Read with the rule of the line: the rule says what they must be. */
const parameters: Field = {
  type: { kind: 'JSON' },
  description:
    '参数，按 rule 的说明；标题没有。The parameters that the rule takes, see ScoringRule; a heading has none.',
  required: false,
  read: () => undefined,
};

const FIELDS = {
  code: code(
    '代码，在模板内唯一，区分大小写，最多 64 个字符。The code, unique within the template; its case matters. At most 64 characters.',
  ),
  parent: optional(code('上级标题的代码；没有则为最上层。The code of the heading above it; left out: at the top.')),
  name: label('名称，非空，最多 500 个字符。The name; not blank, at most 500 characters.'),
  points: points(
    '分值，大于 0，最多 2 位小数。The points, above 0, with at most 2 decimals. Those of a heading are the sum of its lines; at the top they are 100 together (TEMPLATE_TOTAL).',
  ),
  rule: optional(oneOf(ScoringRules, '评分规则；不填为标题。How the line is scored; left out: a heading.')),
  parameters,
  reasonBelowFull: orDefault(
    flag(
      '未得满分须说明偏差原因和改进措施。Whether a score below full points needs a deviation reason and an improvement (REASON_REQUIRED).',
    ),
    false,
  ),
};

const ScoringLineInput = inputObject(
  'ScoringLineInput',
  '评分行。A line of a scoring template: a heading, or a line with a rule.',
  FIELDS,
);

const sent = object(ScoringLineInput);

export const line: Field<TemplateLine> = {
  ...sent,
  read(raw, reading) {
    const fields = sent.read(raw, reading) as ValueOf<typeof FIELDS> | undefined;
    // Reported already: no line, or no rule that there is.
    if (fields === undefined || !isKnown(fields.rule)) return fields as unknown as TemplateLine;
    const { parameters: _unread, rule, ...rest } = fields;
    const given = (raw as { readonly parameters?: unknown }).parameters ?? {};
    const expected: InputObject<object> = rule === undefined ? NO_PARAMETERS : PARAMETERS[rule];
    const read = reading.part('parameters', () => reading.object(expected, given));
    return rule === undefined ? rest : ({ ...rest, rule, parameters: read } as TemplateLine);
  },
};

const NO_PARAMETERS = inputObject('', '', {});

const isKnown = (rule: string | undefined): boolean => rule === undefined || Object.hasOwn(PARAMETERS, rule);
