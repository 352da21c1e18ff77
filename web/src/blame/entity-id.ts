import { Asked, useQuestion } from '../api/questions';
import { EntityIdDocument, EntityIdQuery, EntityType } from '../generated/documents';
import { Moment } from '../moment/moment';

/** The id of an entity at a moment; null if it is not there. */
export function useEntityId(type: EntityType, code: string, at: Moment): Asked<{ readonly id: string | null }> {
  const { data, ...others } = useQuestion(EntityIdDocument, { at, code, ...readYearCode(code), ...flagsOf(type) });
  return { ...others, data: data && { id: idIn(data) } };
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

function idIn({ asOf }: EntityIdQuery): string | null {
  for (const entity of Object.values(asOf ?? {})) if (entity !== null) return entity.id;
  return null;
}

/** The department and the year in the code of a budget or an evaluation. Other codes have no year. */
export function readYearCode(code: string): { readonly department: string; readonly fiscalYear: number } {
  const [, department = code, year = '2000'] = /^(.+)\.(\d{4})$/.exec(code) ?? [];
  return { department, fiscalYear: Number(year) };
}
