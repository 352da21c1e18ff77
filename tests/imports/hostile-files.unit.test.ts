import * as xlsx from '@e965/xlsx';
import { checkFile } from '../../src/imports/file/check-file';
import { RefusedFile } from '../../src/imports/file/refused-file';
import { readCompiled } from '../support/import-child';
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
  ['is no table', () => Buffer.from('\0\0'), /不是/],
  ['is empty', () => Buffer.alloc(0), /空/],
];

test.each(HOSTILE)('a file that %s is refused before anything parses it', async (_what, make, message) => {
  const checking = checkFile(make());
  await expect(checking).rejects.toThrow(RefusedFile);
  await expect(checking).rejects.toThrow(message);
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
