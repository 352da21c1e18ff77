import { yearCode } from '../kernel/codes';
import { compareDecimals, Decimal } from '../kernel/decimal';
import { fractionOf, minus, rounded } from '../kernel/fraction';
import { MonitoredFigures } from './figures';
import { Progress } from './progress';
import { AlertLevel, AlertRule, ProgressGapOver, SpendingBelow } from './rules';

/** A rule that is broken on the day. It is computed, and nothing is recorded when it begins or ends. */
export interface Alert {
  readonly rule: string;
  readonly level: AlertLevel;
  /** 中文。English. */
  readonly text: string;
  readonly value: Decimal;
  readonly threshold: Decimal;
  readonly entityType: string;
  /** The code of the entity. */
  readonly entity: string;
}

type Finding = Pick<Alert, 'text' | 'value' | 'threshold'>;

/** In the order of the rules. A rule whose figures are missing is not broken: nothing is guessed. */
export const alertsOf = (
  rules: readonly AlertRule[],
  figures: MonitoredFigures,
  progress: Progress,
): readonly Alert[] =>
  rules.flatMap((rule) =>
    findingsOf(rule, figures, progress).map((finding) => ({
      rule: rule.id,
      level: rule.level,
      entityType: 'BUDGET',
      entity: yearCode(figures.department, figures.fiscalYear),
      ...finding,
    })),
  );

function findingsOf(rule: AlertRule, figures: MonitoredFigures, progress: Progress): readonly Finding[] {
  switch (rule.kind) {
    case 'SPENDING_BELOW':
      return spendingBelow(rule, figures, progress);
    case 'PROGRESS_GAP_OVER':
      return progressGap(rule, progress);
    case 'LINE_OVERRUN':
      return overruns(figures);
  }
}

/** The progress as it is shown, rounded, is compared: else an alert could say that 25.00 is below 25. */
function spendingBelow(
  { milestones }: SpendingBelow,
  { fiscalYear, day }: MonitoredFigures,
  { budget: value }: Progress,
): readonly Finding[] {
  const due = milestones.filter(({ by }) => `${fiscalYear}-${by}` <= day).at(-1);
  if (due === undefined || value === null || compareDecimals(value, due.percent) >= 0) return [];
  const { by, percent: threshold } = due;
  const text = `自 ${by} 起预算执行进度应达 ${threshold}%，现为 ${value}%。From ${by} on, ${threshold} % of the budget should be spent; it is ${value} %.`;
  return [{ text, value, threshold }];
}

function progressGap({ points: threshold }: ProgressGapOver, { budget, goals }: Progress): readonly Finding[] {
  if (budget === null || goals === null) return [];
  const difference = rounded(minus(fractionOf(budget), fractionOf(goals)), 2);
  const value = difference.replace('-', '');
  if (compareDecimals(value, threshold) <= 0) return [];
  const text = `预算执行进度 ${budget}% 与目标完成进度 ${goals}% 相差超过 ${threshold} 个百分点。Budget progress of ${budget} % and goal progress of ${goals} % differ by more than ${threshold} points.`;
  return [{ text, value, threshold }];
}

function overruns({ budget }: MonitoredFigures): readonly Finding[] {
  const over = (budget?.lines ?? []).filter(({ revised, executed }) => compareDecimals(executed, revised) > 0);
  return over.map(({ code, name, revised: threshold, executed: value }) => ({
    text: `明细 ${code}（${name}）执行 ${value} 元，超过全年预算 ${threshold} 元。Line ${code} (${name}) has ${value} yuan executed, more than its revised ${threshold} yuan.`,
    value,
    threshold,
  }));
}
