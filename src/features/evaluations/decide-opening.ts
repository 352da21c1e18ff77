import { notFound, ok, Refusal, refused, Result } from '../../kernel/refusal';
import { EvaluationOpened, LineIndicator } from './events';
import { mismatch } from './rules';
import { namesIndicator, scoredLines, ScoringBasis } from './scoring-basis';

/** How an evaluation is opened: with the version of its template, if it has one. */
export function openedWith(opened: EvaluationOpened, basis: ScoringBasis | undefined): Result<EvaluationOpened> {
  if (basis === undefined) return ok(opened);
  const { indicators = [] } = opened;
  for (const [item, named] of indicators.entries()) {
    const refusal = refusalOf(named, basis);
    if (refusal !== undefined) return refused({ ...refusal, item } as Refusal);
  }
  return ok({ ...opened, template: basis.template, ...(indicators.length === 0 ? {} : { indicators }) });
}

function refusalOf({ line: code, indicator }: LineIndicator, { lines, figures }: ScoringBasis): Refusal | undefined {
  const line = scoredLines(lines).find((each) => each.code === code);
  if (line === undefined) return notFound(`The template has no line ${code} with a rule`).refusal;
  if (!namesIndicator(line)) return mismatch(`The rule of line ${code} takes no indicator`).refusal;
  if (figures.indicators.has(indicator)) return undefined;
  return notFound(`The department has no indicator ${indicator} in the fiscal year`).refusal;
}
