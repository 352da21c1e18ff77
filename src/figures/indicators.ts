import { completionRate, indicatorLineage, indicatorReading, IndicatorView } from '../features/indicators/readings';
import { longWork } from '../kernel/turns';
import { Lineages } from '../reading/lineage';
import { Scope } from '../reading/scope';
import { Origins } from './origins';
import { Source } from './source';

export interface IndicatorFigures extends Omit<IndicatorView, 'department' | 'fiscalYear' | 'baseline'> {
  /** In percent; null: it cannot be said. */
  readonly completion: string | null;
  readonly defined?: Source;
  readonly targetSource?: Source;
  readonly pointsSource?: Source;
  readonly valueSource?: Source;
}

/** By code. */
export async function readIndicators(
  lineages: Lineages,
  scope: Scope,
  department: string,
  fiscalYear: number,
): Promise<readonly IndicatorFigures[]> {
  const codes = await indicatorLineage.codesOf(scope, department);
  const loaded = (await scope.entities(indicatorReading, codes)).filter(({ view }) => view.fiscalYear === fiscalYear);
  const found: IndicatorFigures[] = [];
  for await (const indicator of longWork.each(loaded, scope.services.work)) {
    const origins = await Origins.of(lineages, scope, indicator);
    found.push({
      ...indicator.view,
      completion: completionRate(indicator.view),
      defined: origins.at('/name'),
      targetSource: origins.at('/target'),
      pointsSource: origins.at('/points'),
      valueSource: origins.newestBelow('/latest'),
    });
  }
  return found;
}
