import { useSnapshot } from '../../api/questions';
import { Amount, Figure, Percent } from '../../blame/figure';
import { pathOf } from '../../blame/paths';
import { YearLinesDocument, YearLinesQuery } from '../../generated/documents';
import { say } from '../../language/say';
import { Answered } from '../../layout/asked';
import { unitNote } from '../../preferences/unit-note';
import { inYuan } from '../../table/csv-titles';
import { decimalKey } from '../../table/sorting';
import { Column, Table } from '../../table/table';
import { EXPENDITURE_KINDS, FUND_SOURCES, FUND_VINTAGES } from '../../terms/budgets';
import { fieldText } from '../../terms/fields';
import { lineText } from '../../terms/lines';
import { budgetField } from './budget-field';
import { Year } from './year';
import { fileName } from './file-name';
import { More, usePages } from '../../paging/pages';
import { LINE_TEXTS } from './texts';

type Line = NonNullable<NonNullable<YearLinesQuery['asOf']>['budget']>['linesPage']['nodes'][number];

/** The lines of the budget. */
export function Lines({ year }: { readonly year: Year }) {
  const { after, pages } = usePages(year);
  const asked = useSnapshot(YearLinesDocument, { ...year, after });
  const title = say(LINE_TEXTS.title);
  return (
    <section>
      <Answered asked={asked}>
        {({ asOf }) => {
          const page = asOf?.budget?.linesPage;
          return (
            <>
              <Table
                caption={title}
                note={unitNote()}
                columns={columnsOf(year)}
                rows={page?.nodes ?? []}
                keyOf={({ code }) => code}
                order={{ column: 'revised', isDescending: true }}
                fileName={fileName(year, 'lines')}
              />
              <More pages={pages} page={page?.pageInfo} />
            </>
          );
        }}
      </Answered>
    </section>
  );
}

const AMOUNTS = ['opening', 'adjustment', 'revised', 'executed', 'remaining'] as const;

function columnsOf(year: Year): readonly Column<Line>[] {
  const source = ({ code }: Line, name: string) => budgetField(year, pathOf('lines', code, name));
  const label = ({ name: line }: Line, name: string): string => `${line} · ${say(fieldText(name))}`;
  const sourceText = ({ fundSource, vintage }: Line): string =>
    vintage === 'CURRENT_YEAR'
      ? say(FUND_SOURCES[fundSource])
      : `${say(FUND_SOURCES[fundSource])} · ${say(FUND_VINTAGES[vintage])}`;
  return [
    {
      name: 'line',
      title: say(LINE_TEXTS.line),
      cell: (line) => (
        <>
          <Figure label={line.code} text={line.name} source={source(line, 'name')} />{' '}
          <span class="quiet">
            {[line.code, line.functionCode, line.economicCode, line.projectCode].filter(Boolean).join(' · ')}
          </span>
        </>
      ),
      csv: { title: say(LINE_TEXTS.line), cell: lineText },
      sortKey: ({ code }) => code,
    },
    {
      name: 'source',
      title: say(LINE_TEXTS.source),
      cell: sourceText,
      csv: { title: say(LINE_TEXTS.source), cell: sourceText },
      sortKey: sourceText,
    },
    {
      name: 'kind',
      title: say(LINE_TEXTS.kind),
      cell: ({ expenditureKind }) => say(EXPENDITURE_KINDS[expenditureKind]),
      csv: { title: say(LINE_TEXTS.kind), cell: ({ expenditureKind }) => say(EXPENDITURE_KINDS[expenditureKind]) },
    },
    ...AMOUNTS.map((name): Column<Line> => ({
      name,
      title: say(fieldText(name)),
      isFigure: true,
      cell: (line) => <Amount yuan={line[name]} label={label(line, name)} source={source(line, name)} />,
      csv: { title: inYuan(say(fieldText(name))), cell: (line) => ({ number: line[name] }) },
      sortKey: (line) => decimalKey(line[name]),
    })),
    {
      name: 'executionRate',
      title: say(fieldText('executionRate')),
      isFigure: true,
      cell: (line) => (
        <Percent
          rate={line.executionRate}
          label={label(line, 'executionRate')}
          source={source(line, 'executionRate')}
        />
      ),
      csv: {
        title: `${say(fieldText('executionRate'))} (%)`,
        cell: ({ executionRate }) => (executionRate === null ? null : { number: executionRate }),
      },
      sortKey: ({ executionRate }) => decimalKey(executionRate),
    },
  ];
}
