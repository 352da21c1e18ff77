import { progressChart } from '../../../../src/charts/progress-chart';
import { Amount, Percent } from '../../blame/figure';
import { ChartFrame } from '../../charts/chart-frame';
import { writeYuan } from '../../language/money';
import { say } from '../../language/say';
import { Empty } from '../../layout/asked';
import { dayOfLedger } from '../../session/ledger';
import { unitNote } from '../../preferences/unit-note';
import { inYuan } from '../../table/csv-titles';
import { Column, Table } from '../../table/table';
import { BudgetOfYear, budgetField } from './budget-field';
import { Year } from './year';
import { fileName } from './file-name';
import { Month, monthsOf } from './months';
import { MONTH_TEXTS, monthText } from './texts';

interface Props {
  readonly year: Year;
  readonly budget: BudgetOfYear;
  readonly until: string;
}

/** Execution by month against time: a chart, and its figures. */
export function Months({ year, budget, until }: Props) {
  const months = monthsOf(budget.series, until);
  if (months.length === 0) return <Empty>{say(MONTH_TEXTS.none)}</Empty>;
  const title = say(MONTH_TEXTS.title);
  const names = { reached: say(MONTH_TEXTS.rate), expected: say(MONTH_TEXTS.time) };
  const columns = months.map(({ month, rate, timePassed }) => ({
    label: say(monthText(month)),
    reached: rate,
    expected: timePassed,
  }));
  const lastDay = (month: number): string => dayOfLedger(budget.series[month - 1]?.at ?? until);
  return (
    <>
      <ChartFrame
        chart={progressChart(title, names, columns)}
        heading={say(MONTH_TEXTS.month)}
        measure={say(MONTH_TEXTS.rate)}
        sourceOf={(column) => ({
          ...budgetField(year, '/executionRate'),
          days: { from: `${year.fiscalYear}-01-01`, to: lastDay(column + 1) },
        })}
        fileName={fileName(year, 'months-chart')}
      />
      <Table
        caption={say(MONTH_TEXTS.months)}
        heading="h3"
        note={unitNote()}
        columns={columnsOf(year, lastDay)}
        rows={months}
        keyOf={({ month }) => String(month)}
        order={{ column: 'month', isDescending: false }}
        fileName={fileName(year, 'months')}
      />
    </>
  );
}

/** `lastDay` gives the last day of a month. */
function columnsOf(year: Year, lastDay: (month: number) => string): readonly Column<Month>[] {
  const label = ({ month }: Month, text: keyof typeof MONTH_TEXTS): string =>
    `${say(monthText(month))} · ${say(MONTH_TEXTS[text])}`;
  const january = `${year.fiscalYear}-01-01`;
  const days = ({ month }: Month) => ({ from: `${lastDay(month).slice(0, 8)}01`, to: lastDay(month) });
  const soFar = ({ month }: Month) => ({ from: january, to: lastDay(month) });
  const amount = (
    name: 'executed' | 'soFar' | 'revised',
    fen: (row: Month) => bigint,
    path: string,
    of: (row: Month) => { readonly from: string; readonly to: string },
  ): Column<Month> => ({
    name,
    title: say(MONTH_TEXTS[name]),
    isFigure: true,
    cell: (row) => (
      <Amount
        yuan={writeYuan(fen(row))}
        label={label(row, name)}
        source={{ ...budgetField(year, path), days: of(row) }}
      />
    ),
    csv: { title: inYuan(say(MONTH_TEXTS[name])), cell: (row) => ({ number: writeYuan(fen(row)) }) },
  });
  return [
    {
      name: 'month',
      title: say(MONTH_TEXTS.month),
      cell: ({ month }) => say(monthText(month)),
      csv: { title: say(MONTH_TEXTS.month), cell: ({ month }) => ({ number: String(month) }) },
      sortKey: ({ month }) => BigInt(month),
    },
    amount('executed', ({ executed }) => executed, '/executed', days),
    amount('soFar', ({ executedSoFar }) => executedSoFar, '/executed', soFar),
    amount('revised', ({ revised }) => revised, '/revised', soFar),
    {
      name: 'rate',
      title: say(MONTH_TEXTS.rate),
      isFigure: true,
      cell: (row) => (
        <Percent
          rate={row.rate}
          label={label(row, 'rate')}
          source={{ ...budgetField(year, '/executionRate'), days: soFar(row) }}
        />
      ),
      csv: { title: `${say(MONTH_TEXTS.rate)} (%)`, cell: ({ rate }) => (rate === null ? null : { number: rate }) },
    },
    {
      name: 'time',
      title: say(MONTH_TEXTS.time),
      isFigure: true,
      cell: ({ timePassed }) => `${timePassed}%`,
      csv: { title: `${say(MONTH_TEXTS.time)} (%)`, cell: ({ timePassed }) => ({ number: timePassed }) },
    },
  ];
}
