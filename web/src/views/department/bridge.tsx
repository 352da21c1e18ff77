import { Amount } from '../../blame/figure';
import { ChangeSource, FigureSource } from '../../blame/figure-source';
import { BridgeColumn, bridgeChart } from '../../../../src/charts/bridge-chart';
import { ChartFrame } from '../../charts/chart-frame';
import { formatFen, plainFen, UNIT_SIGNS } from '../../language/money';
import { say } from '../../language/say';
import { Empty } from '../../layout/asked';
import { unit } from '../../preferences/preferences';
import { dayOfLedger, showDayOf } from '../../session/ledger';
import { decimalKey } from '../../table/sorting';
import { Column, Table } from '../../table/table';
import { changeTypeText } from '../../terms/changes';
import { bridgeBars, bridgeSum } from './bridge-rows';
import { BudgetOfYear, budgetField } from './budget-field';
import { Year } from './year';
import { fileName } from './file-name';
import { beginsAt, BRIDGE_TEXTS, others } from './texts';

interface Props {
  readonly year: Year;
  readonly budget: BudgetOfYear;
}

type Step = BudgetOfYear['bridgePage']['nodes'][number] & { readonly number: number };

/** How the opening budget became the revised one: a chart, each step with its document, and the sum to the fen. */
export function Bridge({ year, budget }: Props) {
  const { nodes, pageInfo } = budget.bridgePage;
  if (nodes.length === 0) return <Empty>{say(BRIDGE_TEXTS.none)}</Empty>;
  const steps = nodes.map((step, index): Step => ({ ...step, number: index + 1 }));
  const title = say(BRIDGE_TEXTS.title);
  return (
    <>
      <ChartFrame
        chart={chartOf(title, budget)}
        heading={say(BRIDGE_TEXTS.number)}
        measure={`${say(BRIDGE_TEXTS.amount)} (${say(UNIT_SIGNS[unit.value])})`}
        sourceOf={(column) => sourceOfBar(year, budget, column)}
        fileName={fileName(year, 'bridge-chart')}
      />
      {!pageInfo.hasNextPage && <Sum budget={budget} />}
      {pageInfo.hasNextPage && <p class="quiet">{say(BRIDGE_TEXTS.more)}</p>}
      <Table
        caption={say(BRIDGE_TEXTS.steps)}
        heading="h3"
        columns={columnsOf(year)}
        rows={steps}
        keyOf={({ change }) => change.eventId}
        order={{ column: 'number', isDescending: false }}
        fileName={fileName(year, 'bridge')}
      />
    </>
  );
}

/** The sum in words: opening + steps = revised. */
function Sum({ budget }: Pick<Props, 'budget'>) {
  const { opening, steps, revised, addsUp } = bridgeSum(budget.opening, budget.bridgePage.nodes, budget.revised);
  const text = (fen: bigint): string => formatFen(fen, unit.value);
  return (
    <p class={addsUp ? 'sum' : 'sum bad'}>
      <span class="number">
        {text(opening)} {steps < 0n ? '−' : '+'} {text(steps < 0n ? -steps : steps)} {addsUp ? '=' : '≠'}{' '}
        {text(revised)}
      </span>{' '}
      {say(UNIT_SIGNS[unit.value])} · {say(addsUp ? BRIDGE_TEXTS.addsUp : BRIDGE_TEXTS.differs)}
    </p>
  );
}

function chartOf(title: string, { opening, revised, bridgePage }: BudgetOfYear) {
  const amount = (fen: bigint): string => plainFen(fen, unit.value);
  const { opening: first, revised: last } = bridgeSum(opening, bridgePage.nodes, revised);
  const bars = bridgeBars(bridgePage.nodes).map(({ number, count, amount: fen }) => ({
    label: number === undefined ? say(others(count)) : String(number),
    amount: amount(fen),
    kind: 'step' as const,
  }));
  const columns: readonly BridgeColumn[] = [
    { label: say(BRIDGE_TEXTS.opening), amount: amount(first), kind: 'total' },
    ...bars,
    { label: say(BRIDGE_TEXTS.revised), amount: amount(last), kind: 'total' },
  ];
  const sign = say(UNIT_SIGNS[unit.value]);
  return bridgeChart(title, sign, columns, {
    total: `${say(BRIDGE_TEXTS.total)} (${sign})`,
    more: say(BRIDGE_TEXTS.increase),
    less: say(BRIDGE_TEXTS.decrease),
    beginsAt: (value) => say(beginsAt(value)),
  });
}

/** The first and the last bar are the totals. Between them is a bar for each step, and perhaps one for several. */
function sourceOfBar(year: Year, { bridgePage }: BudgetOfYear, column: number): FigureSource {
  const bars = bridgeBars(bridgePage.nodes);
  if (column === 0) return budgetField(year, '/opening');
  if (column > bars.length) return budgetField(year, '/revised');
  const step = bridgePage.nodes[(bars[column - 1]?.number ?? 0) - 1];
  return step === undefined ? budgetField(year, '/adjustment') : changeOf(year, step.change.position);
}

const changeOf = (year: Year, position: string): ChangeSource => {
  const { entityType, entity } = budgetField(year, '');
  return { kind: 'change', entityType, entity, position };
};

function columnsOf(year: Year): readonly Column<Step>[] {
  const source = ({ change }: Step): ChangeSource => changeOf(year, change.position);
  const legs = (step: Step): string => step.legs.map(({ line }) => line).join(' → ');
  const label = ({ number, change }: Step): string => `${number}. ${say(changeTypeText(change.type))}`;
  return [
    {
      name: 'number',
      title: say(BRIDGE_TEXTS.number),
      cell: ({ number }) => number,
      csv: { title: say(BRIDGE_TEXTS.number), cell: ({ number }) => ({ number: String(number) }) },
      sortKey: ({ number }) => BigInt(number),
    },
    {
      name: 'date',
      title: say(BRIDGE_TEXTS.date),
      cell: ({ effectiveAt }) => <span class="nowrap">{showDayOf(effectiveAt)}</span>,
      csv: { title: say(BRIDGE_TEXTS.date), cell: ({ effectiveAt }) => dayOfLedger(effectiveAt) },
    },
    {
      name: 'kind',
      title: say(BRIDGE_TEXTS.kind),
      cell: ({ change }) => <span class="nowrap">{say(changeTypeText(change.type))}</span>,
      csv: { title: say(BRIDGE_TEXTS.kind), cell: ({ change }) => change.type },
    },
    { name: 'lines', title: say(BRIDGE_TEXTS.lines), cell: legs, csv: { title: say(BRIDGE_TEXTS.lines), cell: legs } },
    {
      name: 'amount',
      title: say(BRIDGE_TEXTS.amount),
      isFigure: true,
      cell: (step) => <Amount yuan={step.amount} label={label(step)} source={source(step)} />,
      csv: { title: say(BRIDGE_TEXTS.amount), cell: ({ amount }) => ({ number: amount }) },
      sortKey: ({ amount }) => decimalKey(amount),
    },
    {
      name: 'after',
      title: say(BRIDGE_TEXTS.after),
      isFigure: true,
      cell: (step) => (
        <Amount
          yuan={step.revisedAfter}
          label={`${label(step)} · ${say(BRIDGE_TEXTS.after)}`}
          source={budgetField(year, '/revised')}
        />
      ),
      csv: { title: say(BRIDGE_TEXTS.after), cell: ({ revisedAfter }) => ({ number: revisedAfter }) },
    },
    {
      name: 'document',
      title: say(BRIDGE_TEXTS.document),
      cell: ({ documentNo }) => <span class="nowrap">{documentNo}</span>,
      csv: { title: say(BRIDGE_TEXTS.document), cell: ({ documentNo }) => documentNo },
    },
    {
      name: 'reason',
      title: say(BRIDGE_TEXTS.reason),
      cell: ({ change }) => change.reason && <span class="words">{change.reason}</span>,
      csv: { title: say(BRIDGE_TEXTS.reason), cell: ({ change }) => change.reason },
    },
  ];
}
