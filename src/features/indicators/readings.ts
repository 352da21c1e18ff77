import { andThen } from '../../kernel/async';
import { documentLineage } from '../../reading/lineage';
import { Reading } from '../../reading/scope';
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
