import { FILE_BOUNDS } from './bounds';
import { RefusedFile } from './refused-file';

/** A file in a zip file, as both of its headers say. */
export interface ZipEntry {
  readonly name: string;
  readonly isDeflated: boolean;
  readonly packed: Buffer;
  readonly size: number;
  readonly crc: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const MAX_COMMENT = 65_535;

/** Reads the directory of a zip file, and unpacks nothing. Throws `RefusedFile` unless both headers of each entry agree. */
export function readZipDirectory(file: Buffer): readonly ZipEntry[] {
  const end = endOf(file);
  const count = file.readUInt16LE(end + 10);
  const start = file.readUInt32LE(end + 16);
  if (file.readUInt16LE(end + 8) !== count || start + file.readUInt32LE(end + 12) > end) throw broken();
  if (count > FILE_BOUNDS.entries) throw new RefusedFile(`压缩包内文件超过 ${FILE_BOUNDS.entries} 个`);
  const entries: LocatedEntry[] = [];
  let at = start;
  for (let index = 0; index < count; index++) {
    const entry = readEntry(file, at, end);
    entries.push(entry);
    at = entry.next;
  }
  requireSizes(entries);
  requireApart(entries, start);
  return entries;
}

interface LocatedEntry extends ZipEntry {
  readonly from: number;
  readonly to: number;
  readonly next: number;
}

function endOf(file: Buffer): number {
  const earliest = Math.max(0, file.length - END_BYTES - MAX_COMMENT);
  for (let at = file.length - END_BYTES; at >= earliest; at--) {
    if (file.readUInt32LE(at) === END && at + END_BYTES + file.readUInt16LE(at + 20) === file.length) return at;
  }
  throw new RefusedFile('不是完整的 .xlsx 文件：找不到压缩目录');
}

function readEntry(file: Buffer, at: number, end: number): LocatedEntry {
  if (at + ENTRY_BYTES > end || file.readUInt32LE(at) !== ENTRY) throw broken();
  const flags = file.readUInt16LE(at + 8);
  const method = file.readUInt16LE(at + 10);
  const packedSize = file.readUInt32LE(at + 20);
  const nameLength = file.readUInt16LE(at + 28);
  const next = at + ENTRY_BYTES + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  if (next > end) throw broken();
  const name = file.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength);
  if ((flags & 0x41) !== 0) throw new RefusedFile('文件已加密，请先去除密码');
  if (method !== 0 && method !== 8) throw new RefusedFile('压缩方式不支持');
  const from = file.readUInt32LE(at + 42);
  if (from + LOCAL_BYTES > file.length || file.readUInt32LE(from) !== LOCAL) throw broken();
  const localNameLength = file.readUInt16LE(from + 26);
  const data = from + LOCAL_BYTES + localNameLength + file.readUInt16LE(from + 28);
  const localName = file.toString('utf8', from + LOCAL_BYTES, from + LOCAL_BYTES + localNameLength);
  if (localName !== name || file.readUInt16LE(from + 8) !== method) throw broken();
  const to = data + packedSize;
  if (to > file.length) throw broken();
  return {
    name,
    isDeflated: method === 8,
    packed: file.subarray(data, to),
    size: file.readUInt32LE(at + 24),
    crc: file.readUInt32LE(at + 16),
    from,
    to,
    next,
  };
}

function requireSizes(entries: readonly ZipEntry[]): void {
  const unpacked = entries.reduce((sum, { size }) => sum + size, 0);
  const megabytes = FILE_BOUNDS.unpackedBytes / 1_000_000;
  if (unpacked > FILE_BOUNDS.unpackedBytes) throw new RefusedFile(`解压后超过 ${megabytes} MB`);
  for (const { size, packed, isDeflated, name } of entries) {
    if (size > FILE_BOUNDS.ratio * Math.max(packed.length, 1)) throw new RefusedFile('压缩比过高');
    if (!isDeflated && size !== packed.length) throw broken();
    if (name.includes('\0') || name.includes('..')) throw broken();
  }
  if (new Set(entries.map(({ name }) => name.toLowerCase())).size !== entries.length) {
    throw new RefusedFile('压缩包内有同名文件');
  }
}

/** One packed file must not be counted as several. */
function requireApart(entries: readonly LocatedEntry[], directory: number): void {
  let free = 0;
  for (const { from, to } of [...entries].sort((a, b) => a.from - b.from)) {
    if (from < free || to > directory) throw new RefusedFile('压缩包内的文件相互重叠');
    free = to;
  }
}

const broken = (): RefusedFile => new RefusedFile('压缩目录与内容不一致');
