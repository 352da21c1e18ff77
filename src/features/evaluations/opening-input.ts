import { CheckContext, inputObject, ValueOf } from '../../input/field';
import { code, integer, list, object, optional } from '../../input/fields';
import { INPUT_BOUNDS } from '../../kernel/limits';
import { LineIndicator } from './events';
import { WantedTemplate } from './wanted-template';

const LineIndicatorInput = inputObject(
  'LineIndicatorInput',
  '评分行的指标：用于没有指标分类的 RATIO 行，以及 RANGE、DEDUCTION 行。The indicator of a line: of RATIO without a class, of RANGE or of DEDUCTION.',
  {
    line: code('评分行的代码。The code of the line.'),
    indicator: code(
      '指标代码；须为该部门该年度的指标，否则 NOT_FOUND。The code of the indicator, which must be the department’s of the fiscal year: else NOT_FOUND.',
    ),
  },
);

export const OPENING_FIELDS = {
  template: optional(
    code('评分模板的代码；不填则不按模板评分。The code of the scoring template; left out: no lines are scored.'),
  ),
  templateVersion: optional(
    integer(
      '模板版本，从 1 起；不填则为最新版本，自此固定。The version of the template, from 1; left out: the newest. It is fixed from then on.',
      (version) => version >= 1,
      'must not be less than 1',
    ),
  ),
  indicators: optional(
    list(
      object(LineIndicatorInput),
      { most: INPUT_BOUNDS.maxTemplateLines },
      '评分行的指标，最多 500 行，每行一项。没有指标的行由人工评分。The indicators of lines that have no class: at most 500, one for a line. A line without one is scored by a person.',
    ),
  ),
};

type Opening = Partial<ValueOf<typeof OPENING_FIELDS>>;

export function refuseNamesWithoutTemplate({ template, indicators = [] }: Opening, context: CheckContext): void {
  if (template === undefined) {
    for (const name of ['templateVersion', 'indicators']) {
      if (context.isGiven(name)) context.refuse(`/${name}`, 'needs a template');
    }
  }
  refuseRepeatedLines(indicators, 'indicators', context);
}

export function refuseRepeatedLines(
  items: readonly { readonly line: string }[],
  name: string,
  { refuse }: CheckContext,
): void {
  const seen = new Set<string>();
  for (const [index, { line }] of items.entries()) {
    if (seen.has(line)) refuse(`/${name}/${index}/line`, 'must not be repeated');
    seen.add(line);
  }
}

export function openedBy({ template, templateVersion, indicators }: Opening): {
  readonly template?: WantedTemplate;
  readonly indicators?: readonly LineIndicator[];
} {
  return template === undefined ? {} : { template: { code: template, version: templateVersion }, indicators };
}
