import { JsonObject } from '../kernel/json';
import { IndicatorFigures } from './figures';

/** What a score takes of an indicator, as it is shown. */
export const inputsOf = (indicator: IndicatorFigures): JsonObject => ({
  code: indicator.code,
  direction: indicator.direction,
  target: indicator.target ?? null,
  targetUpper: indicator.targetUpper ?? null,
  value: indicator.value ?? null,
  qualifier: indicator.qualifier ?? null,
  points: indicator.points ?? null,
  ...(indicator.retired ? { retired: true } : {}),
});
