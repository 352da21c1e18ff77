/** The looks of a cell. */
interface Style {
  /** Index into the fonts below. */
  readonly font: 0 | 1 | 2;
  readonly grey?: boolean;
  readonly borders?: boolean;
  readonly align?: 'center' | 'right';
  readonly format?: string;
}

const STYLES = {
  plain: { font: 0 },
  title: { font: 2, align: 'center' },
  heading: { font: 1, borders: true, grey: true },
  head: { font: 1, borders: true, grey: true, align: 'center' },
  text: { font: 0, borders: true },
  amount: { font: 0, borders: true, align: 'right', format: '0.00####' },
  number: { font: 0, borders: true, align: 'right', format: 'General' },
  score: { font: 0, borders: true, align: 'right', format: '0.00' },
  percent: { font: 0, borders: true, align: 'right', format: '0.00%' },
} as const satisfies Readonly<Record<string, Style>>;

export type StyleName = keyof typeof STYLES;

const NAMES = Object.keys(STYLES) as StyleName[];

/** The number of a style in the file. */
export const styleIndex = (name: StyleName): number => NAMES.indexOf(name);

/** Numbers below this one are formats that every program knows. */
const FIRST_FORMAT = 164;

const ALL: readonly Style[] = Object.values(STYLES);
const FORMATS = [
  ...new Set(ALL.flatMap(({ format }) => (format === undefined || format === 'General' ? [] : [format]))),
];

const formatId = ({ format }: Style): number => {
  const index = FORMATS.indexOf(format ?? '');
  return index < 0 ? 0 : FIRST_FORMAT + index;
};

const font = (size: number, bold: boolean): string =>
  `<font>${bold ? '<b/>' : ''}<sz val="${size}"/><name val="宋体"/><family val="3"/><charset val="134"/></font>`;

const LINE = ['left', 'right', 'top', 'bottom']
  .map((side) => `<${side} style="thin"><color auto="1"/></${side}>`)
  .join('');

function cellFormat(style: Style): string {
  const { font: fontIndex, grey, borders, align } = style;
  const alignment = `<alignment${align === undefined ? '' : ` horizontal="${align}"`} vertical="center" wrapText="1"/>`;
  return `<xf numFmtId="${formatId(style)}" fontId="${fontIndex}" fillId="${grey ? 2 : 0}" borderId="${borders ? 1 : 0}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">${alignment}</xf>`;
}

/** `xl/styles.xml` */
export const STYLE_SHEET = [
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
  `<numFmts count="${FORMATS.length}">${FORMATS.map((format, index) => `<numFmt numFmtId="${FIRST_FORMAT + index}" formatCode="${format}"/>`).join('')}</numFmts>`,
  `<fonts count="3">${font(10, false)}${font(10, true)}${font(16, true)}</fonts>`,
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFEEEEEE"/></patternFill></fill></fills>',
  `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${LINE}<diagonal/></border></borders>`,
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
  `<cellXfs count="${ALL.length}">${ALL.map(cellFormat).join('')}</cellXfs>`,
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
  '</styleSheet>',
].join('');
