import { CheckContext, Fields, InputObject, inputObject } from '../../input/field';
import { code, decimal, label, list, object, oneOf, optional } from '../../input/fields';
import { compareDecimals } from '../../kernel/decimal';
import { INPUT_BOUNDS } from '../../kernel/limits';
import { Band, Bands, Checklist, Deduction, ExecutionRate, Range, Ratio, RuleName } from '../../scoring/rules';
import { FirstLevels, SecondLevels } from '../indicators/choices';
import { Denominators, PointsCounted } from './choices';
import { inJson, points } from './numbers';

const parameters = <F extends Fields>(...[fields, check]: [F, Parameters<typeof inputObject<F>>[3]?]) =>
  inputObject('', '', fields, check);

const percent = inJson(decimal('', { min: '0', max: '100' }));
const someItems = { most: INPUT_BOUNDS.maxRuleItems, notEmpty: 'must not be empty' };

function refuseRepeated(
  items: readonly { readonly code: string }[] = [],
  { refuse }: CheckContext,
  list: string,
): void {
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    if (seen.has(item.code)) refuse(`/${list}/${index}/code`, 'must not be repeated');
    seen.add(item.code);
  }
}

const band = parameters({ code: code(), name: label(), from: percent, to: percent }, (found, { refuse }) => {
  const { from, to }: Partial<Band> = found;
  if (from !== undefined && to !== undefined && compareDecimals(from, to) > 0) {
    refuse('/to', 'must not be less than from');
  }
});

interface ParametersOf {
  readonly EXECUTION_RATE: ExecutionRate;
  readonly RATIO: Ratio;
  readonly RANGE: Range;
  readonly DEDUCTION: Deduction;
  readonly CHECKLIST: Checklist;
  readonly BAND: Bands;
  readonly MANUAL: object;
}

/** What each rule takes. A parameter that a rule does not know is refused. */
export const PARAMETERS: { readonly [Rule in RuleName]: InputObject<ParametersOf[Rule]> } = {
  EXECUTION_RATE: parameters({ denominator: oneOf(Denominators) }),
  RATIO: parameters(
    { level1: optional(oneOf(FirstLevels)), level2: optional(oneOf(SecondLevels)) },
    ({ level1, level2 }, { refuse }) => {
      if (level1 === undefined && level2 !== undefined) refuse('/level1', 'is required with level2');
    },
  ),
  RANGE: parameters({ zeroAt: inJson(decimal('', { min: '0.0000000001' })) }),
  DEDUCTION: parameters({
    standard: inJson(decimal()),
    k: inJson(decimal('', { min: '0.0000000001' })),
    per: oneOf(PointsCounted),
  }),
  CHECKLIST: parameters(
    { items: list(object(parameters({ code: code(), name: label(), points: inJson(points()) })), someItems) },
    ({ items }, context) => {
      refuseRepeated(items, context, 'items');
    },
  ),
  BAND: parameters({ bands: list(object(band), someItems) }, ({ bands }, context) => {
    refuseRepeated(bands, context, 'bands');
  }),
  MANUAL: parameters({}),
};
