import { Figure } from '../../blame/figure';
import { partsOf } from '../../blame/differences';
import { FieldSource } from '../../blame/figure-source';
import { pathWords } from '../../blame/path-words';
import { showValue } from '../../blame/show-value';
import { say } from '../../language/say';
import { Column, Table } from '../../table/table';
import { DifferenceProps, EntityDifference } from './difference-props';
import { DIFFERENCE_TEXTS } from './texts';

interface Field {
  /** With the codes of list items. */
  readonly path: string;
  /** The path in words. */
  readonly words: string;
  readonly before: unknown;
  readonly after: unknown;
}

interface Props extends DifferenceProps {
  /** The path with the codes of list items; left out: as it is. */
  readonly codeOf?: (path: string) => string;
  /** The path in words. */
  readonly wordsOf?: (path: string) => string;
}

/** The fields that differ, with their values at both moments side by side. */
export function FieldTable({ difference, from, to, codeOf = (path) => path, wordsOf = pathWords }: Props) {
  const { entityType, entity, fieldsPage } = difference;
  const rows = partsOf(fieldsPage.nodes).map(({ path, before = null, after = null }): Field => ({
    path: codeOf(path),
    words: wordsOf(path),
    before,
    after,
  }));
  const source = (path: string, at: FieldSource['at']): FieldSource => ({
    kind: 'field',
    entityType,
    entity,
    path,
    at,
  });
  const side = (name: 'before' | 'after', title: string, at: FieldSource['at']): Column<Field> => ({
    name,
    title,
    isFigure: true,
    cell: (field) => (
      <Figure
        label={`${field.words} · ${title}`}
        text={showValue(field.path, field[name])}
        source={source(field.path, at)}
      />
    ),
    csv: { title, cell: (field) => csvOf(field[name]) },
  });
  const columns: readonly Column<Field>[] = [
    {
      name: 'field',
      title: say(DIFFERENCE_TEXTS.field),
      cell: ({ words }) => words,
      csv: { title: say(DIFFERENCE_TEXTS.field), cell: ({ path }) => path },
    },
    side('before', say(DIFFERENCE_TEXTS.before), from),
    side('after', say(DIFFERENCE_TEXTS.after), to),
  ];
  return (
    <Table
      caption={`${say(DIFFERENCE_TEXTS.fields)} · ${entity}`}
      heading="h3"
      isStacked
      columns={columns}
      rows={rows}
      keyOf={({ path }) => path}
      order={{ column: '', isDescending: false }}
      fileName={`mingjian-${nameOfFile(difference)}-difference`}
    />
  );
}

const nameOfFile = ({ entityType, entity }: EntityDifference): string => `${entityType.toLowerCase()}-${entity}`;

const csvOf = (value: unknown) => {
  if (value === null || value === undefined) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^-?\d+(\.\d+)?$/.test(text) ? { number: text } : text;
};
