import { IndicatorDirection, IndicatorLevel1, IndicatorLevel2 } from '../../features/indicators/events';

/** What forms call the levels and directions of indicators. The first word of each list is the one that is written. */
export const LEVEL_1_WORDS: Readonly<Record<IndicatorLevel1, readonly string[]>> = {
  OUTPUT: ['产出指标', '产出'],
  BENEFIT: ['效益指标', '效益', '效果指标'],
  SATISFACTION: ['满意度指标', '满意度', '服务对象满意度指标'],
  COST: ['成本指标', '成本'],
};

export const LEVEL_2_WORDS: Readonly<Record<IndicatorLevel2, readonly string[]>> = {
  QUANTITY: ['数量指标', '数量'],
  QUALITY: ['质量指标', '质量'],
  TIMELINESS: ['时效指标', '时效'],
  COST: ['成本指标', '成本', '经济成本指标', '社会成本指标', '生态环境成本指标'],
  ECONOMIC: ['经济效益指标', '经济效益'],
  SOCIAL: ['社会效益指标', '社会效益'],
  ECOLOGICAL: ['生态效益指标', '生态效益'],
  SUSTAINABLE: ['可持续影响指标', '可持续影响', '可持续发展指标'],
  SATISFACTION: ['服务对象满意度指标', '服务对象满意度', '社会公众或服务对象满意度', '满意度指标', '满意度'],
};

export const DIRECTION_WORDS: Readonly<Record<IndicatorDirection, readonly string[]>> = {
  AT_LEAST: ['≥', '>=', '>', '＞', '大于等于', '不低于', '不少于', '达到', '正向'],
  AT_MOST: ['≤', '<=', '<', '＜', '小于等于', '不高于', '不超过', '不多于', '反向'],
  EQUAL: ['=', '＝', '等于'],
  RANGE: ['区间', '范围'],
  QUALITATIVE: ['定性'],
};
