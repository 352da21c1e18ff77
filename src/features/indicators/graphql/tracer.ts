import { plainTracer } from '../../../graphql/tracing';
import { andThen } from '../../../kernel/async';
import { ObservationCorrected } from '../events';
import { ALL_INDICATORS, indicatorsOfDepartment } from '../projection';
import { indicatorFold } from '../record';
import { shapeOfIndicator } from '../shape';
import { indicatorEffects } from '../trace';
import { indicatorReading } from './indicator';

export const indicatorTracer = plainTracer({
  reading: indicatorReading,
  shape: shapeOfIndicator,
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
