import type { EvaluationStatus, Grade, ScoreSource } from '../generated/documents';
import { Text } from '../language/language';

export const EVALUATION_STATUSES: Readonly<Record<EvaluationStatus, Text>> = {
  DRAFT: { zh: '填报中', en: 'Draft' },
  SUBMITTED: { zh: '已提交', en: 'Submitted' },
  RETURNED: { zh: '已退回', en: 'Returned' },
  CONFIRMED: { zh: '已确认', en: 'Confirmed' },
  PUBLISHED: { zh: '已公开', en: 'Published' },
};

export const GRADES: Readonly<Record<Grade, Text>> = {
  EXCELLENT: { zh: '优', en: 'Excellent' },
  GOOD: { zh: '良', en: 'Good' },
  FAIR: { zh: '中', en: 'Fair' },
  POOR: { zh: '差', en: 'Poor' },
};

export const SCORE_SOURCES: Readonly<Record<ScoreSource, Text>> = {
  COMPUTED: { zh: '按规则计算', en: 'Computed by its rule' },
  PERSON: { zh: '人工评分', en: 'Scored by a person' },
};
