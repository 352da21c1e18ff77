import type { EntityType } from '../generated/documents';
import { Text } from '../language/language';

export const ENTITY_TYPES: Readonly<Record<EntityType, Text>> = {
  BUDGET: { zh: '预算', en: 'Budget' },
  DEPARTMENT: { zh: '部门', en: 'Department' },
  EVALUATION: { zh: '绩效自评', en: 'Self-evaluation' },
  INDICATOR: { zh: '绩效指标', en: 'Indicator' },
  PROPOSAL: { zh: '提议', en: 'Proposal' },
  SCORING_TEMPLATE: { zh: '评分模板', en: 'Scoring template' },
  TASK: { zh: '工作任务', en: 'Task' },
};

/** Whether a part of an address names a type of entity. */
export const isEntityType = (text: string): text is EntityType => Object.hasOwn(ENTITY_TYPES, text);
