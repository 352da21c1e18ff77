import { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { say } from '../language/say';
import { CsvCell, csvText } from './csv';
import { download } from './download';
import { clickedOrder, Order, sorted, SortKey } from './sorting';
import './table.css';

export interface Column<Row> {
  readonly name: string;
  readonly title: ComponentChildren;
  readonly cell: (row: Row) => ComponentChildren;
  /** What the column is in the CSV file; left out: it is not in it. */
  readonly csv?: { readonly title: string; readonly cell: (row: Row) => CsvCell };
  /** What it sorts by; left out: it cannot be sorted by. */
  readonly sortKey?: (row: Row) => SortKey;
  /** Figures are aligned at the right. */
  readonly isFigure?: boolean;
}

interface Props<Row> {
  readonly caption: string;
  /** Its rank among the headings of the view. */
  readonly heading?: 'h2' | 'h3';
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly order: Order;
  /** A last row with the sums. */
  readonly total?: Row;
  /** The rows that are drawn at most; the CSV file has all. Left out: all. */
  readonly mostRows?: number;
  /** The name of the CSV file, without its ending. */
  readonly fileName: string;
}

/** A table that can be sorted by its columns and saved as CSV. */
export function Table<Row>({
  caption,
  heading: Heading = 'h2',
  columns,
  rows,
  keyOf,
  total,
  fileName,
  mostRows,
  order: first,
}: Props<Row>) {
  const [order, setOrder] = useState(first);
  const by = columns.find(({ name }) => name === order.column)?.sortKey;
  const inOrder = by === undefined ? rows : sorted(rows, by, order.isDescending);
  const save = (): void => {
    const inFile = columns.flatMap(({ csv }) => (csv === undefined ? [] : [csv]));
    const lines = [...inOrder, ...(total === undefined ? [] : [total])];
    const text = csvText([
      inFile.map(({ title }) => title),
      ...lines.map((row) => inFile.map(({ cell }) => cell(row))),
    ]);
    download(`${fileName}.csv`, text, 'text/csv;charset=utf-8');
  };
  return (
    <div class="table">
      <div class="table-head">
        <Heading>{caption}</Heading>
        <button type="button" class="plain" onClick={save} aria-label={`CSV: ${caption}`}>
          CSV
        </button>
      </div>
      <div class="table-scroll" tabIndex={0} role="region" aria-label={caption}>
        <table>
          <thead>
            <tr>
              {columns.map(({ name, title, sortKey, isFigure }) => (
                <th
                  key={name}
                  scope="col"
                  class={isFigure === true ? 'number' : undefined}
                  aria-sort={sortOf(name, order, sortKey)}
                >
                  {sortKey === undefined ? (
                    title
                  ) : (
                    <button
                      type="button"
                      class="sort"
                      onClick={() => {
                        setOrder(clickedOrder(order, name));
                      }}
                    >
                      {title}
                      <span aria-hidden="true">{order.column === name ? (order.isDescending ? ' ↓' : ' ↑') : ''}</span>
                    </button>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {inOrder.slice(0, mostRows).map((row) => (
              <tr key={keyOf(row)}>{cellsOf(columns, row)}</tr>
            ))}
          </tbody>
          {total !== undefined && (
            <tfoot>
              <tr>{cellsOf(columns, total)}</tr>
            </tfoot>
          )}
        </table>
      </div>
      {rows.length === 0 && <p class="empty">{say(TEXTS.empty)}</p>}
    </div>
  );
}

const cellsOf = <Row,>(columns: readonly Column<Row>[], row: Row) =>
  columns.map(({ name, cell, isFigure }, index) =>
    index === 0 ? (
      <th key={name} scope="row">
        {cell(row)}
      </th>
    ) : (
      <td key={name} class={isFigure === true ? 'number' : undefined}>
        {cell(row)}
      </td>
    ),
  );

function sortOf(name: string, order: Order, sortKey: unknown) {
  if (sortKey === undefined || order.column !== name) return undefined;
  return order.isDescending ? 'descending' : 'ascending';
}

const TEXTS = { empty: { zh: '没有数据。', en: 'There is nothing here.' } };
