import { documentLineage } from '../../reading/lineage';
import { andThen } from '../../kernel/async';
import { ObservationCorrected } from './events';
import { ALL_INDICATORS, indicatorsOfDepartment } from './projection';
import { indicatorFold } from './record';
import { auditViewOfIndicator } from './audit-view';
import { indicatorEffects } from './lineage';
import { indicatorReading } from './graphql/indicator';

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
    corrected: (scope, entity, { data }) =>
      andThen(
        scope.record(indicatorFold, entity),
        ({ observations }) => observations.byChange.get((data as unknown as ObservationCorrected).corrects)?.position,
      ),
  },
});
