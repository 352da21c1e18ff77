import { MonitoredFigures } from '../../src/monitoring/figures';
import { AlertRules } from '../../src/monitoring/rules';
import { compareNumbers, rate } from './numbers';
import { completion, UNIT } from './scores';

/** The monitoring of a day by brute force, written from docs/monitoring.md. It shares with the product only the types. */
export function monitoringOf({ rules }: AlertRules, figures: MonitoredFigures) {
  const { budget, fiscalYear, day } = figures;
  const budgetProgress = budget === undefined ? null : rate(budget.executed, budget.revised);
  const goalProgress = goals(figures);
  const alerts = rules.flatMap((rule): { rule: string; value: string; threshold: string }[] => {
    if (rule.kind === 'LINE_OVERRUN') {
      return (budget?.lines ?? [])
        .filter(({ executed, revised }) => compareNumbers(executed, revised) > 0)
        .map(({ executed, revised }) => ({ rule: rule.id, value: executed, threshold: revised }));
    }
    if (budgetProgress === null) return [];
    if (rule.kind === 'PROGRESS_GAP_OVER') {
      if (goalProgress === null) return [];
      const gap = Math.abs(Math.round(Number(budgetProgress) * 100) - Math.round(Number(goalProgress) * 100));
      if (gap <= Math.round(Number(rule.points) * 100)) return [];
      return [{ rule: rule.id, value: (gap / 100).toFixed(2), threshold: rule.points }];
    }
    let wanted: string | undefined;
    for (const { by, percent } of rule.milestones) if (day >= `${fiscalYear}-${by}`) wanted = percent;
    if (wanted === undefined || compareNumbers(budgetProgress, wanted) >= 0) return [];
    return [{ rule: rule.id, value: budgetProgress, threshold: wanted }];
  });
  return { budgetProgress, timeProgress: time(fiscalYear, day), goalProgress, alerts };
}

/** Counts the days one by one. */
function time(fiscalYear: number, day: string): string {
  let [passed, all] = [0, 0];
  for (const date = new Date(Date.UTC(fiscalYear, 0, 1)); date.getUTCFullYear() === fiscalYear;) {
    all++;
    if (date.toISOString().slice(0, 10) <= day) passed++;
    date.setUTCDate(date.getUTCDate() + 1);
  }
  return rate(String(passed), String(all)) ?? '';
}

function goals({ indicators }: MonitoredFigures): string | null {
  const used = indicators.filter(({ retired }) => !retired).map((each) => [each, completion(each)] as const);
  const known = used.filter((each): each is [(typeof each)[0], bigint] => each[1] !== undefined);
  const weighs = known.some(([{ points = '0' }]) => compareNumbers(points, '0') > 0);
  let [reached, all] = [0n, 0n];
  for (const [{ points = '0' }, part] of known) {
    const [whole = '', fraction = ''] = points.split('.');
    const weight = weighs ? BigInt(whole + fraction.padEnd(10, '0')) : 1n;
    reached += weight * part;
    all += weight;
  }
  if (all === 0n) return null;
  // Long division cuts: a half that was reached is a little below it.
  const cents = (reached * 10_000n + (all * UNIT) / 2n + all * 10n ** 60n) / (all * UNIT);
  return `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
}
