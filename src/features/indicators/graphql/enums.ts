import { enumType } from '../../../graphql/enums';
import { INDICATOR_DIRECTIONS, INDICATOR_LEVELS_1, INDICATOR_LEVELS_2, VALUE_QUALIFIERS } from '../events';

export const IndicatorLevel1Enum = enumType(
  'IndicatorLevel1',
  INDICATOR_LEVELS_1,
  '一级指标。产出 / 效益 / 满意度 / 成本。',
);
export const IndicatorLevel2Enum = enumType(
  'IndicatorLevel2',
  INDICATOR_LEVELS_2,
  '二级指标。数量 / 质量 / 时效 / 成本 / 经济 / 社会 / 生态 / 可持续影响 / 服务对象满意度。',
);
export const IndicatorDirectionEnum = enumType(
  'IndicatorDirection',
  INDICATOR_DIRECTIONS,
  '指标性质。≥ / ≤ / = / 区间 / 定性: how a value is compared with the target; QUALITATIVE is observed as a text.',
);
export const ValueQualifierEnum = enumType(
  'ValueQualifier',
  VALUE_QUALIFIERS,
  '数值限定。How a recorded value is to be read: the source may say 超 (GT), 约 (APPROX) and so on.',
);
