import { printable, table } from './table';

/** What the server answers about a department and year. */
export interface MonitorAnswer {
  readonly ledger: { readonly timeZone: string };
  readonly asOf: {
    readonly position: string;
    readonly knownAt: string;
    readonly effectiveAt: string | null;
    readonly department: { readonly code: string; readonly name: string } | null;
    readonly monitoring: Monitoring | null;
  };
}

interface Monitoring {
  readonly budgetProgress: string | null;
  readonly timeProgress: string;
  readonly goalProgress: string | null;
  readonly alerts: readonly Alert[];
}

interface Alert {
  readonly rule: string;
  readonly level: string;
  readonly text: string;
  readonly value: string;
  readonly threshold: string;
  readonly entity: string;
}

const BAR_WIDTH = 40;

/** The monitoring for a terminal: three bars under each other, and the alerts. */
export function monitorReport(
  title: string,
  { budgetProgress, timeProgress, goalProgress, alerts }: Monitoring,
): string {
  const bars = [
    ['预算执行 budget', budgetProgress],
    ['目标完成 goals', goalProgress],
    ['时间进度 time', timeProgress],
  ] as const;
  return [
    `${printable(title)}\n`,
    table(
      [{ title: 'progress' }, { title: '%', align: 'right' }, { title: '' }],
      bars.map(([name, percent]) => [name, percent ?? '—', barOf(percent)]),
    ),
    alerts.length === 0 ? '没有预警。No alerts.\n' : alertTable(alerts),
  ].join('\n');
}

const alertTable = (alerts: readonly Alert[]): string =>
  table(
    [
      { title: 'level' },
      { title: 'rule' },
      { title: 'entity' },
      { title: 'value', align: 'right' },
      { title: 'threshold', align: 'right' },
      { title: 'text' },
    ],
    alerts.map(({ level, rule, entity, value, threshold, text }) => [level, rule, entity, value, threshold, text]),
  );

/** A bar is full at 100 %. */
function barOf(percent: string | null): string {
  const share = Math.min(Math.max(Number(percent ?? '0'), 0), 100);
  return '█'.repeat(Math.round((share / 100) * BAR_WIDTH));
}
