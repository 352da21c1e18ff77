import { Alert, alertsOf } from './alerts';
import { MonitoredFigures } from './figures';
import { Progress, progressOf } from './progress';
import { AlertRules } from './rules';

export interface Monitored {
  readonly progress: Progress;
  readonly alerts: readonly Alert[];
}

/** Compares budget progress, goal progress and time, and finds the rules that are broken. */
export function monitor({ rules }: AlertRules, figures: MonitoredFigures): Monitored {
  const progress = progressOf(figures);
  return { progress, alerts: alertsOf(rules, figures, progress) };
}
