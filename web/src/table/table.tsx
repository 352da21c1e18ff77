import { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Text } from '../language/language';
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
  /** What holds for all of its figures, such as their unit. */
  readonly note?: string;
  /** On a narrow screen the cells of a row are one below the other: for rows with long texts. */
  readonly isStacked?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly order: Order;
  /** A last row with the sums. */
  readonly total?: Row;
  /** The name of the CSV file, without its ending. */
  readonly fileName: string;
}

/** More rows are drawn page by page: a browser takes long for thousands. It is as many as a page of the API has. */
const ROWS_AT_ONCE = 200;

/** A table that can be sorted by its columns and saved as CSV. The file has all rows, in the order that is shown. */
export function Table<Row>({
  caption,
  heading: Heading = 'h2',
  note,
  isStacked = false,
  columns,
  rows,
  keyOf,
  total,
  fileName,
  order: first,
}: Props<Row>) {
  const [order, setOrder] = useState(first);
  const [begin, setBegin] = useState(0);
  // Another answer may have fewer rows.
  const from = begin < rows.length ? begin : 0;
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
    <div class={isStacked ? 'table is-stacked' : 'table'}>
      <div class="table-head">
        <Heading>{caption}</Heading>
        {note !== undefined && <span class="table-note">{note}</span>}
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
                        setBegin(0);
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
            {inOrder.slice(from, from + ROWS_AT_ONCE).map((row) => (
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
      {rows.length > ROWS_AT_ONCE && <RowPages from={from} count={rows.length} show={setBegin} />}
    </div>
  );
}

interface RowPagesProps {
  readonly from: number;
  readonly count: number;
  readonly show: (from: number) => void;
}

/** Which rows of a long table are drawn, and the way to the others. */
function RowPages({ from, count, show }: RowPagesProps) {
  const to = Math.min(count, from + ROWS_AT_ONCE);
  const move = (next: number, text: Text) =>
    next >= 0 &&
    next < count && (
      <button
        type="button"
        onClick={() => {
          show(next);
        }}
      >
        {say(text)}
      </button>
    );
  return (
    <p class="pages">
      <span class="quiet">{say(TEXTS.rows(from + 1, to, count))}</span>
      {move(from - ROWS_AT_ONCE, TEXTS.previous)}
      {move(from + ROWS_AT_ONCE, TEXTS.next)}
    </p>
  );
}

const cellsOf = <Row,>(columns: readonly Column<Row>[], row: Row) =>
  columns.map(({ name, title, cell, isFigure }, index) => {
    const attributes = {
      class: isFigure === true ? 'number' : undefined,
      'data-title': typeof title === 'string' ? title : undefined,
    };
    return index === 0 ? (
      <th key={name} scope="row" {...attributes}>
        {cell(row)}
      </th>
    ) : (
      <td key={name} {...attributes}>
        {cell(row)}
      </td>
    );
  });

function sortOf(name: string, order: Order, sortKey: unknown) {
  if (sortKey === undefined || order.column !== name) return undefined;
  return order.isDescending ? 'descending' : 'ascending';
}

const TEXTS = {
  empty: { zh: '没有数据。', en: 'There is nothing here.' },
  rows: (from: number, to: number, all: number) => ({
    zh: `第 ${from}–${to} 行，共 ${all} 行`,
    en: `Rows ${from} to ${to} of ${all}`,
  }),
  previous: { zh: '上一页', en: 'Previous page' },
  next: { zh: '下一页', en: 'Next page' },
};
