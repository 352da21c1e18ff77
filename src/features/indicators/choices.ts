import { choice } from '../../input/choice';
import { INDICATOR_DIRECTIONS, INDICATOR_LEVELS_1, INDICATOR_LEVELS_2, VALUE_QUALIFIERS } from './events';

export const FirstLevels = choice(
  'IndicatorLevel1',
  INDICATOR_LEVELS_1,
  '一级指标。The first level of the classification of indicators.',
  {
    OUTPUT: '产出指标。What the department produces or delivers.',
    BENEFIT: '效益指标。What the output brings about.',
    SATISFACTION: '满意度指标。How satisfied those served are.',
    COST: '成本指标。What the output costs.',
  },
);

export const SecondLevels = choice(
  'IndicatorLevel2',
  INDICATOR_LEVELS_2,
  '二级指标。The second level of the classification of indicators.',
  {
    QUANTITY: '数量指标。How much is produced or delivered.',
    QUALITY: '质量指标。How good the output is.',
    TIMELINESS: '时效指标。Whether the output comes in time.',
    COST: '成本指标。What the output costs.',
    ECONOMIC: '经济效益指标。The benefit to the economy.',
    SOCIAL: '社会效益指标。The benefit to society.',
    ECOLOGICAL: '生态效益指标。The benefit to the environment.',
    SUSTAINABLE: '可持续影响指标。Effects that last.',
    SATISFACTION: '服务对象满意度指标。How satisfied those served are.',
  },
);

export const Directions = choice(
  'IndicatorDirection',
  INDICATOR_DIRECTIONS,
  '指标性质。How a value is compared with the target.',
  {
    AT_LEAST: '不低于(≥)。The target is reached by a value at or above it.',
    AT_MOST: '不高于(≤)。The target is reached by a value at or below it.',
    EQUAL: '等于(=)。The target is reached by the same value.',
    RANGE: '区间。The target is reached by a value from target to targetUpper, both included.',
    QUALITATIVE: '定性。The indicator is observed as a text, and has no target value.',
  },
);

export const ValueQualifiers = choice(
  'ValueQualifier',
  VALUE_QUALIFIERS,
  '数值限定。How a recorded value is to be read, as the source says it.',
  {
    EQ: '等于。The value is exact.',
    GT: '超过。The true value is above it.',
    GE: '不低于。The true value is at or above it.',
    LT: '低于。The true value is below it.',
    LE: '不超过。The true value is at or below it.',
    APPROX: '约。The true value is near it.',
  },
);
