import { RefusedFile } from './refused-file';

export type FileKind = 'xlsx' | 'xls' | 'csv';

const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const COMPOUND = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

/** Some systems export a page of HTML with the name of a spreadsheet. */
const MARKUP = /^(?:\xef\xbb\xbf)?\s*</;

/** What the bytes say that it is; its name says nothing. Throws `RefusedFile`. */
export function kindOf(file: Buffer): FileKind {
  if (file.length === 0) throw new RefusedFile('文件是空的');
  if (file.subarray(0, ZIP.length).equals(ZIP)) return 'xlsx';
  if (file.subarray(0, COMPOUND.length).equals(COMPOUND)) return 'xls';
  if (file.includes(0)) throw new RefusedFile('不是 .xlsx、.xls 或 .csv 文件');
  if (MARKUP.test(file.subarray(0, 200).toString('latin1'))) {
    throw new RefusedFile('是网页或 XML，不是表格文件：请用表格软件打开，另存为 .xlsx');
  }
  return 'csv';
}
