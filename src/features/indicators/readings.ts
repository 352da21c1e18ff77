import { andThen } from '../../kernel/async';
import { documentLineage } from '../../reading/lineage';
import { Reading, Scope } from '../../reading/scope';
import { IndicatorFigures } from '../../scoring/figures';
import { auditViewOfIndicator } from './audit-view';
import { indicatorEventOf } from './events';
import { indicatorEffects } from './lineage';
import { ALL_INDICATORS, indicatorsOfDepartment } from './projection';
import { indicatorFold, IndicatorRecord } from './record';
import { IndicatorView, viewIndicator } from './views';

export const indicatorReading: Reading<IndicatorRecord, IndicatorView> = { ...indicatorFold, view: viewIndicator };

export const indicatorLineage = documentLineage({
  reading: indicatorReading,
  auditView: auditViewOfIndicator,
  collection: ALL_INDICATORS,
  codesOf: (scope, department) => scope.members(indicatorsOfDepartment(department)),
  effects: indicatorEffects,
  corrections: {
    of: (scope, entity, changeId) =>
      andThen(scope.record(indicatorFold, entity), ({ observations }) => [
        ...(observations.byChange.get(changeId)?.corrections ?? []),
      ]),
    corrected(scope, entity, correction) {
      const event = indicatorEventOf(correction);
      if (event.type !== 'ObservationCorrected') return undefined;
      const { corrects } = event.data;
      return andThen(
        scope.record(indicatorFold, entity),
        ({ observations }) => observations.byChange.get(corrects)?.position,
      );
    },
  },
});

/** The figures of the indicators of a department and year, which scores and monitoring are computed from. */
export async function indicatorFigures(
  scope: Scope,
  department: string,
  fiscalYear: number,
): Promise<readonly IndicatorFigures[]> {
  const codes = await indicatorLineage.codesOf(scope, department);
  const loaded = await scope.entities(indicatorReading, codes);
  return loaded
    .filter(({ view }) => view.fiscalYear === fiscalYear)
    .map(({ view }) => ({
      code: view.code,
      level1: view.level1,
      level2: view.level2,
      direction: view.direction,
      target: view.target,
      targetUpper: view.targetUpper,
      points: view.points,
      value: view.latest?.value,
      qualifier: view.latest?.qualifier,
      retired: view.retired,
    }));
}

export { completionRate } from './completion';
export type { IndicatorView };
