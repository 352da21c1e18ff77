import * as xlsx from '@e965/xlsx';
import { strFromU8, unzipSync } from 'fflate';
import { checkFile } from '../../src/imports/file/check-file';
import { RefusedFile } from '../../src/imports/file/refused-file';
import { readCompiled, readHere } from '../support/import-child';
import { MadeEntry, zipOf } from '../support/zip';

const TYPES = { name: '[Content_Types].xml', content: '<Types/>' };
const SHEET = 'xl/worksheets/sheet1.xml';
const workbookWith = (...entries: MadeEntry[]): Buffer => zipOf([TYPES, ...entries]);
const sheet = (content: string): Buffer => workbookWith({ name: SHEET, content });

const book = (bookType: 'xlsx' | 'biff8'): Buffer => {
  const made = xlsx.utils.book_new();
  xlsx.utils.book_append_sheet(made, xlsx.utils.aoa_to_sheet([['年初预算数', 9689.88]]), '表');
  return xlsx.write(made, { type: 'buffer', bookType }) as Buffer;
};

/** An .xls file with one number of its table of sectors overwritten. */
function xlsWith(change: (file: Buffer, table: number) => void): Buffer {
  const file = book('biff8');
  change(file, (file.readUInt32LE(76) + 1) * 512);
  return file;
}

const MEGABYTE = 1_000_000;
const LARGE = Buffer.alloc(30 * MEGABYTE);
const HOSTILE: readonly (readonly [string, () => Buffer, RegExp])[] = [
  ['unpacks to 30 MB', () => workbookWith({ name: SHEET, content: LARGE }), /25 MB/],
  ['says that 30 MB are 1 KB', () => workbookWith({ name: SHEET, content: LARGE, saidSize: 1_000 }), /大小不符/],
  ['says a wrong checksum', () => workbookWith({ name: SHEET, content: '<a/>', saidCrc: 1 }), /大小不符/],
  ['packs 1,000 bytes to one', () => sheet('0'.repeat(10 * MEGABYTE)), /压缩比/],
  [
    'counts one entry as many',
    () =>
      workbookWith(
        { name: SHEET, content: '<a/>' },
        { name: 'xl/worksheets/sheet1.xmL', content: '<a/>', sameAs: SHEET },
      ),
    /不一致/,
  ],
  [
    'has entries that overlap',
    () => workbookWith({ name: SHEET, content: '<a/>' }, { name: SHEET, content: '<a/>', sameAs: SHEET }),
    /同名|重叠/,
  ],
  [
    'has 201 entries',
    () => workbookWith(...Array.from({ length: 200 }, (_, n) => ({ name: `${n}.xml`, content: '<a/>' }))),
    /200 个/,
  ],
  ['declares an entity', () => sheet('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'), /实体/],
  [
    'hides an entity in UTF-16',
    () => workbookWith({ name: SHEET, content: Buffer.from('<!DOCTYPE a>', 'utf16le') }),
    /UTF-8/,
  ],
  [
    'uses all cells that a sheet can have',
    () => sheet('<worksheet><dimension ref="A1:XFD1048576"/></worksheet>'),
    /已用区域过大/,
  ],
  ['is cut', () => book('xlsx').subarray(0, 3_000), /找不到压缩目录/],
  ['is an .xls file with a loop of sectors', () => xlsWith((file, table) => file.writeUInt32LE(1, table + 4)), /成环/],
  [
    'is an .xls file whose table of sectors names itself',
    () =>
      xlsWith((file) => {
        file.writeUInt32LE(0, 68);
        file.writeUInt32LE(0, 512 + 508);
      }),
    /成环|损坏/,
  ],
  ['is an .xls file that is cut', () => book('biff8').subarray(0, 1_500), /损坏/],
  ['is a page with the name of a spreadsheet', () => Buffer.from('\ufeff <html><table><tr><td>1'), /另存为/],
  ['is no table', () => Buffer.from('\0\0'), /不是/],
  ['is empty', () => Buffer.alloc(0), /空/],
];

test.each(HOSTILE)('a file that %s is refused before anything parses it', async (_what, make, message) => {
  const checking = checkFile(make());
  await expect(checking).rejects.toThrow(RefusedFile);
  await expect(checking).rejects.toThrow(message);
});

/** A workbook that was changed after it was written. */
function changed(change: (entries: Record<string, string>) => void, ...sheets: readonly unknown[][][]): Buffer {
  // Otherwise it has the number formats of the workbook that was read last.
  const made = Object.assign(xlsx.utils.book_new(), { SSF: { 0: 'General' } });
  for (const [index, rows] of sheets.entries()) {
    xlsx.utils.book_append_sheet(made, xlsx.utils.aoa_to_sheet(rows), `表${index + 1}`);
  }
  const packed = unzipSync(new Uint8Array(xlsx.write(made, { type: 'buffer', bookType: 'xlsx' }) as Buffer));
  const entries = Object.fromEntries(Object.entries(packed).map(([name, bytes]) => [name, strFromU8(bytes)]));
  change(entries);
  return zipOf(Object.entries(entries).map(([name, content]) => ({ name, content })));
}

const replaceIn = (entries: Record<string, string>, name: string, from: string, to: string): void => {
  expect(entries[name]).toContain(from);
  entries[name] = entries[name]!.replaceAll(from, to);
};
const WORKBOOK = 'xl/workbook.xml';
const texts = (file: Buffer) =>
  readHere([file]).then(({ workbook }) => workbook.sheets.map(({ cells }) => cells.map(({ text }) => text)));

test('two sheets of one name are refused: one of them would be read twice', async () => {
  const file = changed(
    (entries) => {
      replaceIn(entries, WORKBOOK, '"表2"', '"表1"');
    },
    [[1]],
    [[2]],
  );
  await expect(readHere([file])).rejects.toThrow(/同名/);
});

test('more characters than a table has are refused', async () => {
  // Other characters in each cell, so that they are not packed too well.
  const text = (row: number) =>
    Array.from({ length: 17_000 }, (_, n) => String.fromCharCode(0x4e00 + ((n * n * (row + 7)) % 20_000))).join('');
  const rows = Array.from({ length: 250 }, (_, row) => [text(row)]);
  await expect(readHere([changed(() => undefined, rows)])).rejects.toThrow(/4000000 字/);
});

test('days are counted from 1904 if the workbook says so, and a number that is no day stays a number', async () => {
  const styled = (entries: Record<string, string>) => {
    replaceIn(entries, WORKBOOK, '<workbookPr ', '<workbookPr date1904="1" ');
    replaceIn(entries, SHEET, '<c r="A1"', '<c r="A1" s="1"');
    replaceIn(entries, SHEET, '<c r="B1"', '<c r="B1" s="1"');
    const general = /<cellXfs count="1">(<xf numFmtId=")0("[^>]*>)<\/cellXfs>/;
    expect(entries['xl/styles.xml']).toMatch(general);
    entries['xl/styles.xml'] = entries['xl/styles.xml']!.replace(
      general,
      '<cellXfs count="2">$10$2$114" applyNumberFormat="1$2</cellXfs>',
    );
  };
  expect(await texts(changed(styled, [[43_528, -5]]))).toEqual([['2023-03-05', '-5']]);
});

test('rows that are hidden, by hand or by a filter, are marked', async () => {
  const hide = (entries: Record<string, string>) => {
    replaceIn(entries, SHEET, '<row r="2"', '<row r="2" hidden="1"');
  };
  const { workbook } = await readHere([changed(hide, [['a'], ['b'], ['c']])]);
  expect(workbook.sheets[0]!.cells.map(({ text, isHidden }) => [text, isHidden])).toEqual([
    ['a', undefined],
    ['b', true],
    ['c', undefined],
  ]);
});

test.each(['ID;P\nC;X1;Y1;K"a"', 'TABLE\n0,1', '{\\rtf1,a'])(
  'a .csv that looks like another format is read as text: %j',
  async (text) => {
    const [cells] = await texts(Buffer.from(text));
    expect(cells![0]).toBe(text.split(/[;,\n]/)[0]);
  },
);

test('links, macros and formulas of other files are not followed: a formula has the value that was saved', async () => {
  const linked = (entries: Record<string, string>) => {
    replaceIn(entries, SHEET, '<v>7</v>', '<f>[1]Sheet1!A1+WEBSERVICE("http://127.0.0.1:9/")</f><v>7</v>');
    entries['xl/externalLinks/externalLink1.xml'] = '<externalLink/>';
    entries['xl/vbaProject.bin'] = 'macro';
  };
  expect(await texts(changed(linked, [[7]]))).toEqual([['7']]);
});

const IN_PROCESS = HOSTILE.filter(([what]) => /30 MB|packs|loop/.test(what));

test.each(IN_PROCESS)(
  'a file that %s is refused by the process that reads files, in 80 MB',
  async (_what, make, message) => {
    const refusal = await readCompiled(make()).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(RefusedFile);
    expect((refusal as RefusedFile).message).toMatch(message);
    expect((refusal as RefusedFile).maxBytes).toBeLessThan(80 * MEGABYTE);
  },
);

const ERROR = { isError: true };

test.each([
  ['xlsx', [{ text: '=1+1', ...ERROR }]],
  ['biff8', []],
] as const)(
  'a harmless %s file is read: numbers with all digits, percentages and days as they are meant',
  async (bookType, unsaved) => {
    const made = xlsx.utils.book_new();
    const sheet = xlsx.utils.aoa_to_sheet([['年初预算数', 9689.88, 0.1 + 0.2]]);
    Object.assign(sheet, {
      D1: { t: 'n', v: 0.985, z: '0.00%' },
      E1: { t: 'n', v: 44990, z: 'yyyy/m/d' },
      F1: { t: 'e', v: 7 },
      G1: { t: 'n', f: '1+1' },
      '!ref': 'A1:G1',
    });
    xlsx.utils.book_append_sheet(made, sheet, '表');
    xlsx.utils.book_append_sheet(made, xlsx.utils.aoa_to_sheet([['藏']]), '隐藏');
    made.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 2 }] };
    const { workbook } = await readCompiled(xlsx.write(made, { type: 'buffer', bookType }) as Buffer);
    expect(workbook.sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['表', false],
      ['隐藏', true],
    ]);
    expect(workbook.sheets[0]!.cells.map(({ text, isError }) => (isError ? { text, isError } : text))).toEqual([
      '年初预算数',
      '9689.88',
      '0.3',
      '98.5%',
      '2023-03-05',
      { text: '#DIV/0!', ...ERROR },
      ...unsaved,
    ]);
  },
);
