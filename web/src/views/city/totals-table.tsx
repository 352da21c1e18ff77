import { ComponentChildren } from 'preact';
import { Amount, Percent } from '../../blame/figure';
import { FigureSource, Measure } from '../../blame/figure-source';
import { TotalsFiguresFragment } from '../../generated/documents';
import { say } from '../../language/say';
import { unitNote } from '../../preferences/unit-note';
import { inYuan } from '../../table/csv-titles';
import { Column, Table } from '../../table/table';
import { decimalKey } from '../../table/sorting';
import { mostOf, ShareBar } from './share-bar';
import { CITY_TEXTS, MEASURE_TEXTS } from './texts';

interface Props {
  readonly caption: string;
  readonly heading: string;
  readonly dimension: 'department' | 'fundSource' | 'expenditureKind';
  readonly fiscalYear: number;
  readonly rows: readonly TotalsFiguresFragment[];
  readonly total: TotalsFiguresFragment | undefined;
  readonly nameOf: (code: string) => string;
  /** How the first cell of a row is shown; left out: its name. */
  readonly cell?: (code: string) => ComponentChildren;
}

const AMOUNTS = ['opening', 'adjustment', 'revised', 'executed', 'remaining'] as const;

/** Totals by one dimension, with the sum of all in the last row. */
export function TotalsTable({ caption, heading, dimension, fiscalYear, rows, total, nameOf, cell = nameOf }: Props) {
  const codeOf = ({ keys: [code] }: TotalsFiguresFragment): string | null => code ?? null;
  const isTotal = (row: TotalsFiguresFragment): boolean => row.keys.length === 0;
  const name = (row: TotalsFiguresFragment): string =>
    isTotal(row) ? say(CITY_TEXTS.total) : nameOf(codeOf(row) ?? say(CITY_TEXTS.unnamed));
  const source = (row: TotalsFiguresFragment, measure: Measure): FigureSource => {
    const code = codeOf(row);
    return { kind: 'total', fiscalYear, measure, ...(code !== null && { [dimension]: code }) };
  };
  const most = mostOf(rows);
  const label = (row: TotalsFiguresFragment, measure: Measure): string =>
    `${name(row)} · ${say(MEASURE_TEXTS[measure])}`;
  const columns: readonly Column<TotalsFiguresFragment>[] = [
    {
      name: 'key',
      title: heading,
      cell: (row) => (isTotal(row) ? name(row) : cell(codeOf(row) ?? say(CITY_TEXTS.unnamed))),
      csv: { title: heading, cell: name },
      sortKey: name,
    },
    ...AMOUNTS.map((measure): Column<TotalsFiguresFragment> => ({
      name: measure,
      title: say(MEASURE_TEXTS[measure]),
      isFigure: true,
      cell: (row) => <Amount yuan={row[measure]} label={label(row, measure)} source={source(row, measure)} />,
      csv: { title: inYuan(say(MEASURE_TEXTS[measure])), cell: (row) => ({ number: row[measure] }) },
      sortKey: (row) => decimalKey(row[measure]),
    })),
    {
      name: 'executionRate',
      title: say(MEASURE_TEXTS.executionRate),
      isFigure: true,
      cell: (row) => (
        <Percent rate={row.executionRate} label={label(row, 'executionRate')} source={source(row, 'executionRate')} />
      ),
      csv: {
        title: `${say(MEASURE_TEXTS.executionRate)} (%)`,
        cell: ({ executionRate }) => (executionRate === null ? null : { number: executionRate }),
      },
      sortKey: ({ executionRate }) => decimalKey(executionRate),
    },
    {
      name: 'share',
      title: say(CITY_TEXTS.share),
      cell: (row) => <ShareBar row={row} most={most} />,
    },
  ];
  return (
    <Table
      caption={caption}
      note={unitNote()}
      columns={columns}
      rows={rows}
      total={total}
      keyOf={(row) => codeOf(row) ?? ''}
      order={{ column: 'revised', isDescending: true }}
      fileName={`mingjian-${fiscalYear}-${dimension}`}
    />
  );
}
