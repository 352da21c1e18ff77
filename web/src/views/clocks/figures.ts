import type { EntityType } from '../../generated/documents';

/** The figures that a map can show, by type of entity. */
const PATHS: Readonly<Record<EntityType, readonly string[]>> = {
  BUDGET: ['/revised', '/opening', '/adjustment', '/executed', '/remaining', '/executionRate', '/carriedOut'],
  INDICATOR: ['/latest/value', '/target', '/completionRate', '/reached', '/points', '/name'],
  TASK: ['/progress', '/status', '/completedOn', '/title'],
  EVALUATION: ['/selfScore', '/reviewScore', '/computedScore', '/grade', '/status', '/round'],
  DEPARTMENT: ['/name', '/level'],
  PROPOSAL: [],
  SCORING_TEMPLATE: [],
};

export const firstPath = (type: EntityType): string => PATHS[type][0] ?? '';

/** The figures to choose from. One of a line or of another part of a list is only among them while it is shown. */
export const choicesOf = (type: EntityType, shown: string): readonly string[] =>
  PATHS[type].includes(shown) ? PATHS[type] : [shown, ...PATHS[type]];
