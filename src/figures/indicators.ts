import { completionRate, indicatorLineage, indicatorReading, IndicatorView } from '../features/indicators/readings';
import { longWork } from '../kernel/turns';
import { Scope } from '../reading/scope';
import { FigureTerms, requireShort } from './bounds';
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
  terms: FigureTerms,
  scope: Scope,
  department: string,
  fiscalYear: number,
): Promise<readonly IndicatorFigures[]> {
  const codes = await indicatorLineage.codesOf(scope, department);
  const all = await scope.entities(indicatorReading, codes);
  const loaded = requireShort(
    all.filter(({ view }) => view.fiscalYear === fiscalYear),
    'indicators',
    terms,
  );
  const found: IndicatorFigures[] = [];
  for await (const indicator of longWork.each(loaded, scope.services.work)) {
    const origins = await Origins.of(terms.lineages, scope, indicator);
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
