import { Asked, useQuestion } from '../api/questions';
import { EntityType, FigureAtDocument, FigureValuesFragment } from '../generated/documents';
import { Moment } from '../moment/moment';
import { readYearCode } from './entity-id';
import { FieldSource } from './figure-source';
import { tokensOf, valueAt } from './paths';
import { qualified } from './qualified';

/** The variables that choose an entity, or a line of a budget, in the documents of figure-values.graphql. */
export const figureVariables = (type: EntityType, code: string, path: string) => ({
  code,
  ...readYearCode(code),
  isBudget: type === 'BUDGET',
  isLine: path.startsWith('/lines/'),
  lines: tokensOf(path).slice(1, 2),
  isDepartment: type === 'DEPARTMENT',
  isEvaluation: type === 'EVALUATION',
  isIndicator: type === 'INDICATOR',
  isTask: type === 'TASK',
});

/** The value of an indicator: it is half of what was observed if its qualifier is left out. */
const OBSERVED = '/latest/value';

/** The figure in what the API answers; undefined if there was no such entity. */
export function figureIn(snapshot: FigureValuesFragment | null, path: string): unknown {
  const entity =
    snapshot?.budget ?? snapshot?.indicator ?? snapshot?.task ?? snapshot?.evaluation ?? snapshot?.department;
  if (!entity) return undefined;
  const lines = 'linesPage' in entity ? entity.linesPage?.nodes : undefined;
  const value = valueAt(lines === undefined ? entity : { ...entity, lines }, path) ?? null;
  return path === OBSERVED ? qualified(value, valueAt(entity, '/latest/qualifier')) : value;
}

/** The value of a figure at a moment. */
export function useFigureAt(
  { entityType, entity, path = '' }: FieldSource,
  at: Moment,
): Asked<{ readonly value: unknown }> {
  const { data, ...others } = useQuestion(FigureAtDocument, { at, ...figureVariables(entityType, entity, path) });
  return { ...others, data: data && { value: figureIn(data.asOf, path) } };
}
