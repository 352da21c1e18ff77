import { JSX } from 'preact';
import { useSnapshot } from '../../api/questions';
import { Amount } from '../../blame/figure';
import { ChangeSource, FigureSource, SumPart } from '../../blame/figure-source';
import { BridgeColumn, bridgeChart } from '../../../../src/charts/bridge-chart';
import { ChartFrame } from '../../charts/chart-frame';
import { YearBridgeDocument } from '../../generated/documents';
import { formatFen, plainFen, readYuan, UNIT_SIGNS, writeYuan } from '../../language/money';
import { say } from '../../language/say';
import { Answered, Empty } from '../../layout/asked';
import { More, Pages, usePages } from '../../paging/pages';
import { unit } from '../../preferences/preferences';
import { unitNote } from '../../preferences/unit-note';
import { moment } from '../../routing/router';
import { dayOfLedger, showDayOf } from '../../session/ledger';
import { inYuan } from '../../table/csv-titles';
import { decimalKey } from '../../table/sorting';
import { Column, Table } from '../../table/table';
import { changeTypeText } from '../../terms/changes';
import { fieldText } from '../../terms/fields';
import { beforeStep, BridgeBar, bridgeBars, BridgePlace, bridgeSum } from './bridge-rows';
import { BudgetOfYear, budgetField } from './budget-field';
import { Year } from './year';
import { fileName } from './file-name';
import { beginsAt, BRIDGE_TEXTS, others } from './texts';

interface Props {
  readonly year: Year;
  readonly budget: BudgetOfYear;
}

type Page = BudgetOfYear['bridgePage'];
type Node = Page['nodes'][number];
type Step = Node & {
  /** Its number in the list; on a further page, in the page. */
  readonly number: number;
  /** The amounts from the opening budget to the one after this step. */
  readonly parts: readonly SumPart[];
};

/** How the opening budget became the revised one: a chart, each step with its document, and the sum to the fen. */
export function Bridge({ year, budget }: Props) {
  if (budget.bridgePage.nodes.length === 0) return <Empty>{say(BRIDGE_TEXTS.none)}</Empty>;
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
      <Steps year={year} budget={budget} />
    </>
  );
}

/** The steps of the bridge, page after page. The first page is part of the budget. */
function Steps({ year, budget }: Props) {
  const { after, pages } = usePages([year, moment.value]);
  const first = <PageOfSteps year={year} budget={budget} page={budget.bridgePage} isFirst pages={pages} />;
  return after === undefined ? (
    first
  ) : (
    <FurtherSteps year={year} budget={budget} after={after} pages={pages} first={first} />
  );
}

interface PageProps extends Props {
  readonly pages: Pages;
}

/** Until a further page has come, the first one stays in its place. */
function FurtherSteps({ after, first, ...props }: PageProps & { readonly after: string; readonly first: JSX.Element }) {
  const asked = useSnapshot(YearBridgeDocument, { ...props.year, after });
  if (asked.data === undefined && asked.failure === undefined)
    return (
      <div class="answer is-old" aria-busy="true">
        {first}
      </div>
    );
  return (
    <Answered asked={asked}>
      {({ asOf }) => asOf?.budget && <PageOfSteps {...props} page={asOf.budget.bridgePage} isFirst={false} />}
    </Answered>
  );
}

function PageOfSteps({
  year,
  budget,
  page,
  isFirst,
  pages,
}: PageProps & { readonly page: Page; readonly isFirst: boolean }) {
  const { nodes, pageInfo } = page;
  const begin: readonly SumPart[] = [
    { label: say(fieldText('opening')), yuan: budget.opening, source: budgetField(year, '/opening') },
    ...(isFirst ? [] : stepsBefore(budget, nodes[0])),
  ];
  const parts = [...begin, ...nodes.map((node, index) => partOf(year, node, index + 1))];
  const steps = nodes.map((node, index): Step => ({
    ...node,
    number: index + 1,
    parts: parts.slice(0, begin.length + index + 1),
  }));
  return (
    <>
      <Sum budget={budget} nodes={nodes} place={{ isFirst, isLast: !pageInfo.hasNextPage }} />
      <Table
        caption={say(BRIDGE_TEXTS.steps)}
        heading="h3"
        note={unitNote()}
        isStacked
        columns={columnsOf(year)}
        rows={steps}
        keyOf={({ change }) => change.eventId}
        order={{ column: 'number', isDescending: false }}
        fileName={fileName(year, 'bridge')}
      />
      <More pages={pages} page={pageInfo} />
    </>
  );
}

/** What the pages before this one come to. */
const stepsBefore = ({ opening }: BudgetOfYear, first: Node | undefined): readonly SumPart[] => [
  { label: say(BRIDGE_TEXTS.before), yuan: writeYuan(beforeStep(first) - readYuan(opening)) },
];

const partOf = (year: Year, { amount, change }: Node, number: number): SumPart => ({
  label: `${number}. ${say(changeTypeText(change.type))}`,
  yuan: amount,
  source: changeOf(year, change.position),
});

interface SumProps {
  readonly budget: BudgetOfYear;
  readonly nodes: readonly Node[];
  readonly place: BridgePlace;
}

/** The sum in words: opening + steps = budget after them. */
function Sum({ budget, nodes, place }: SumProps) {
  const { opening, steps, after, addsUp } = bridgeSum(budget.opening, nodes, budget.revised, place);
  const text = (fen: bigint): string => formatFen(fen, unit.value);
  return (
    <p class={addsUp ? 'sum' : 'sum bad'}>
      <span class="number">
        {text(opening)} {steps < 0n ? '−' : '+'} {text(steps < 0n ? -steps : steps)} {addsUp ? '=' : '≠'} {text(after)}
      </span>{' '}
      {say(UNIT_SIGNS[unit.value])} · {say(addsUp ? BRIDGE_TEXTS.addsUp : BRIDGE_TEXTS.differs)}
    </p>
  );
}

const barsOf = ({ adjustment, bridgePage: { nodes, pageInfo } }: BudgetOfYear): readonly BridgeBar[] =>
  bridgeBars(nodes, adjustment, !pageInfo.hasNextPage);

function chartOf(title: string, budget: BudgetOfYear) {
  const amount = (fen: bigint): string => plainFen(fen, unit.value);
  const bars = barsOf(budget).map(({ number, count, amount: fen }) => ({
    label: number === undefined ? say(others(count)) : String(number),
    amount: amount(fen),
    kind: 'step' as const,
  }));
  const columns: readonly BridgeColumn[] = [
    { label: say(BRIDGE_TEXTS.opening), amount: amount(readYuan(budget.opening)), kind: 'total' },
    ...bars,
    { label: say(BRIDGE_TEXTS.revised), amount: amount(readYuan(budget.revised)), kind: 'total' },
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
function sourceOfBar(year: Year, budget: BudgetOfYear, column: number): FigureSource {
  const bars = barsOf(budget);
  if (column === 0) return budgetField(year, '/opening');
  const bar = bars[column - 1];
  if (bar === undefined) return budgetField(year, '/revised');
  const { nodes, pageInfo } = budget.bridgePage;
  if (bar.number !== undefined) return changeOf(year, (nodes[bar.number - 1] as Node).change.position);
  const first = bars.at(-2)?.number ?? 0;
  const listed = nodes.slice(first).map((node, index) => partOf(year, node, first + index + 1));
  const rest = readYuan(budget.revised) - readYuan(nodes.at(-1)?.revisedAfter ?? budget.revised);
  const further = { label: say(BRIDGE_TEXTS.further), yuan: writeYuan(rest) };
  return { kind: 'sum', parts: pageInfo.hasNextPage ? [...listed, further] : listed };
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
      isFigure: true,
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
      csv: { title: inYuan(say(BRIDGE_TEXTS.amount)), cell: ({ amount }) => ({ number: amount }) },
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
          source={{ kind: 'sum', parts: step.parts }}
        />
      ),
      csv: { title: inYuan(say(BRIDGE_TEXTS.after)), cell: ({ revisedAfter }) => ({ number: revisedAfter }) },
    },
    {
      name: 'document',
      title: say(BRIDGE_TEXTS.document),
      cell: ({ documentNo }) => documentNo && <span class="nowrap">{documentNo}</span>,
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
