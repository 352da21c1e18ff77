import { once } from 'node:events';
import { crc32, createInflateRaw } from 'node:zlib';
import { FILE_BOUNDS } from './bounds';
import { RefusedFile } from './refused-file';
import { readZipDirectory, ZipEntry } from './zip-directory';

/** Unpacks an .xlsx file once, and keeps nothing of it. Throws `RefusedFile` if it is not what its directory says. */
export async function checkXlsx(file: Buffer): Promise<void> {
  const entries = readZipDirectory(file);
  if (!entries.some(({ name }) => name === '[Content_Types].xml')) throw new RefusedFile('不是 .xlsx 文件');
  if (entries.filter(({ name }) => SHEET.test(name)).length > FILE_BOUNDS.sheets) {
    throw new RefusedFile(`工作表超过 ${FILE_BOUNDS.sheets} 张`);
  }
  for (const entry of entries) await checkEntry(entry);
}

const SHEET = /^xl\/worksheets\/[^/]+\.xml$/i;
const XML = /\.(xml|rels|vml)$/i;
const MARKUP = ['<!DOCTYPE', '<!ENTITY'];
/** No markup that is looked for is longer. */
const OVERLAP = 16;
/** The used range comes before the cells. */
const HEAD_BYTES = 65_536;

async function checkEntry(entry: ZipEntry): Promise<void> {
  const { size, crc, name } = entry;
  let [bytes, found] = [0, 0];
  let head = '';
  let tail = '';
  for await (const part of unpacked(entry)) {
    bytes += part.length;
    if (bytes > size) throw falseSize();
    found = crc32(part, found);
    if (!XML.test(name)) continue;
    const text = tail + part.toString('latin1');
    if (text.includes('\0')) throw new RefusedFile('表内文本不是 UTF-8');
    const upper = text.includes('<!') ? text.toUpperCase() : '';
    if (MARKUP.some((markup) => upper.includes(markup))) throw new RefusedFile('含有 XML 实体或 DOCTYPE 声明');
    if (head.length < HEAD_BYTES) head += text.slice(tail.length);
    tail = text.slice(-OVERLAP);
  }
  if (bytes !== size || found !== crc) throw falseSize();
  if (SHEET.test(name)) requireUsedRange(head);
}

async function* unpacked({ isDeflated, packed }: ZipEntry): AsyncGenerator<Buffer> {
  if (!isDeflated) {
    yield packed;
    return;
  }
  const inflate = createInflateRaw();
  inflate.end(packed);
  try {
    for await (const part of inflate) yield part as Buffer;
  } catch (error) {
    if (error instanceof RefusedFile) throw error;
    throw new RefusedFile('压缩内容已损坏');
  } finally {
    inflate.destroy();
    if (!inflate.closed) await once(inflate, 'close');
  }
}

const falseSize = (): RefusedFile => new RefusedFile('压缩内容与目录所记大小不符');

const DIMENSION = /<(?:\w+:)?dimension\b[^>]*\bref=["'](?:\$?[A-Z]+\$?\d+:)?\$?([A-Z]+)\$?(\d+)["']/i;

function requireUsedRange(head: string): void {
  const [, letters = '', row = '0'] = DIMENSION.exec(head) ?? [];
  const column = Array.from(letters.toUpperCase()).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  if (column > FILE_BOUNDS.columns || Number(row) > FILE_BOUNDS.rows) throw tooLarge();
}

export const tooLarge = (): RefusedFile =>
  new RefusedFile(`表格已用区域过大：最多 ${FILE_BOUNDS.rows} 行、${FILE_BOUNDS.columns} 列`);
