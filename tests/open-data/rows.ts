import fc from 'fast-check';
import { Dataset, RowsOf } from '../../src/open-data/dataset';
import { PublishedData } from '../../src/open-data/export-format';
import { Field, Row } from '../../src/open-data/field';
import { PublishedMoment } from '../../src/open-data/moment';

export const MOMENT: PublishedMoment = {
  position: '156',
  knownAt: '2023-07-31T08:00:00.000Z',
  effectiveAt: '2023-06-30T15:59:59.999Z',
  timeZone: 'Asia/Shanghai',
  isDemo: false,
  readable: ['*'],
  departments: null,
  fiscalYear: null,
};

/** Texts that break formats: formulas, quotes, line ends, tags, controls, halves of pairs. */
export const HOSTILE = [
  '=1+1',
  '+A1',
  '-2',
  '@SUM(A1)',
  'a,b',
  '"quoted"',
  'two\r\nlines',
  '\ttab',
  ' space ',
  '<b>&amp;]]></b>',
  '政务云\u{1f4b0}',
];

const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'grapheme', minLength: 1 }));

function valueOf({ type, isRequired }: Field): fc.Arbitrary<string | number | boolean | null> {
  const values = {
    string: text,
    number: fc.constantFrom('0.00', '-0.01', '9007199254740993.11', '33.333333'),
    integer: fc.constantFrom(2016, 2023),
    boolean: fc.boolean(),
    date: fc.constantFrom('2023-06-30', '2024-02-29'),
  }[type];
  const some: fc.Arbitrary<string | number | boolean> = values;
  return isRequired === true ? some : fc.option(some);
}

/** Rows as a server could send them. */
export const rowsArbitrary = ({ fields }: Dataset): fc.Arbitrary<readonly Row[]> =>
  fc.array(fc.record(Object.fromEntries(fields.map((field) => [field.column ?? field.name, valueOf(field)]))), {
    maxLength: 5,
  });

export async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}

export const dataWith = (rows: Readonly<Record<string, readonly Row[]>>): PublishedData => {
  const rowsOf: RowsOf = ({ name, source }) => each(source.kind === 'LIST' ? source.rows : (rows[name] ?? []));
  return { moment: MOMENT, labels: {}, rowsOf };
};

export async function joined(pieces: AsyncIterable<string>): Promise<string> {
  let whole = '';
  for await (const piece of pieces) whole += piece;
  return whole;
}
