import { Asked, useQuestion } from '../api/questions';
import { EntityIdDocument, EntityIdQuery, EntityType } from '../generated/documents';
import { Moment } from '../moment/moment';

export interface FoundEntity {
  /** null if it is not there. */
  readonly id: string | null;
  /** How many changes it has on record. */
  readonly revision: number;
}

/** The id of an entity at a moment. */
export function useEntityId(type: EntityType, code: string, at: Moment): Asked<FoundEntity> {
  const { data, ...others } = useQuestion(EntityIdDocument, { at, code, ...readYearCode(code), ...flagsOf(type) });
  return { ...others, data: data && entityIn(data) };
}

const flagsOf = (type: EntityType) => ({
  isBudget: type === 'BUDGET',
  isDepartment: type === 'DEPARTMENT',
  isEvaluation: type === 'EVALUATION',
  isIndicator: type === 'INDICATOR',
  isProposal: type === 'PROPOSAL',
  isTask: type === 'TASK',
  isTemplate: type === 'SCORING_TEMPLATE',
});

function entityIn({ asOf }: EntityIdQuery): FoundEntity {
  for (const entity of Object.values(asOf ?? {})) if (entity !== null) return entity;
  return { id: null, revision: 0 };
}

/** The department and the year in the code of a budget or an evaluation. Other codes have no year. */
export function readYearCode(code: string): { readonly department: string; readonly fiscalYear: number } {
  const [, department = code, year = '2000'] = /^(.+)\.(\d{4})$/.exec(code) ?? [];
  return { department, fiscalYear: Number(year) };
}
