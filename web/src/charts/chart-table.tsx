import { Chart } from '../../../src/charts/chart';
import { Figure } from '../blame/figure';
import { FigureSource } from '../blame/figure-source';
import { say } from '../language/say';
import { CsvCell } from '../table/csv';
import { Table } from '../table/table';

interface Props {
  readonly chart: Chart;
  readonly heading: string;
  readonly measure: string;
  readonly sourceOf: (column: number) => FigureSource | undefined;
  readonly fileName: string;
}

/** The figures of a chart as a table, which can be saved. */
export function ChartTable({ chart: { title, columns }, heading, measure, sourceOf, fileName }: Props) {
  const rows = columns.map((column, index) => ({ ...column, index }));
  return (
    <details>
      <summary>{say(TEXTS.table)}</summary>
      <Table
        caption={title}
        rows={rows}
        keyOf={({ index }) => String(index)}
        order={{ column: '', isDescending: false }}
        fileName={fileName}
        columns={[
          {
            name: 'label',
            title: heading,
            cell: ({ label }) => label,
            csv: { title: heading, cell: ({ label }) => label },
          },
          {
            name: 'value',
            title: measure,
            isFigure: true,
            cell: ({ index, label, value }) => {
              const source = sourceOf(index);
              return source === undefined ? (
                value
              ) : (
                <Figure label={`${title} · ${label}`} text={value} source={source} />
              );
            },
            csv: { title: measure, cell: ({ value }) => numberOr(value) },
          },
        ]}
      />
    </details>
  );
}

const NUMBER = /^[+−-]?[\d,]+(\.\d+)?%?$/;

/** A number without what only people need. */
const numberOr = (value: string): CsvCell =>
  NUMBER.test(value) ? { number: value.replace(/[+,%]/g, '').replace('−', '-') } : value;

const TEXTS = { table: { zh: '数据表', en: 'As a table' } };
