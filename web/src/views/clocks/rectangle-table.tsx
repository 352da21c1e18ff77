import { Figure } from '../../blame/figure';
import { pathWords } from '../../blame/path-words';
import { say } from '../../language/say';
import { Column, Table } from '../../table/table';
import { MappedFigure } from './mapped-figure';
import { Axes, Rectangle } from './plane';
import { effectiveText, knownText, sourceOf, valueText } from './rectangle-words';
import { CLOCKS_TEXTS } from './texts';

interface Props {
  readonly figure: MappedFigure;
  readonly axes: Axes;
  readonly rectangles: readonly Rectangle[];
}

/** The map as a table: each value with the time for which it was known and in effect. */
export function RectangleTable({ figure, axes, rectangles }: Props) {
  const title = say(CLOCKS_TEXTS.table);
  const columns: readonly Column<Rectangle>[] = [
    {
      name: 'known',
      title: say(CLOCKS_TEXTS.known),
      cell: (rectangle) => knownText(axes, rectangle),
      csv: { title: say(CLOCKS_TEXTS.known), cell: (rectangle) => knownText(axes, rectangle) },
      sortKey: ({ column, row }) => BigInt(column * 1_000 + row),
    },
    {
      name: 'effective',
      title: say(CLOCKS_TEXTS.effective),
      cell: (rectangle) => effectiveText(axes, rectangle),
      csv: { title: say(CLOCKS_TEXTS.effective), cell: (rectangle) => effectiveText(axes, rectangle) },
      sortKey: ({ column, row }) => BigInt(row * 1_000 + column),
    },
    {
      name: 'value',
      title: pathWords(figure.path),
      isFigure: true,
      cell: (rectangle) => (
        <Figure
          label={`${pathWords(figure.path)} · ${knownText(axes, rectangle)} · ${effectiveText(axes, rectangle)}`}
          text={valueText(figure, rectangle)}
          source={sourceOf(figure, axes, rectangle)}
        />
      ),
      csv: { title: pathWords(figure.path), cell: ({ value }) => csvValue(JSON.parse(value)) },
    },
  ];
  return (
    <Table
      caption={title}
      columns={columns}
      rows={rectangles}
      keyOf={({ column, row }) => `${column}/${row}`}
      order={{ column: 'known', isDescending: false }}
      fileName={`mingjian-${figure.entity}-clocks`}
    />
  );
}

const csvValue = (value: unknown) => {
  if (value === null) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^-?\d+(\.\d+)?$/.test(text) ? { number: text } : text;
};
