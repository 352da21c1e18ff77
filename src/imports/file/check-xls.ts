import { RefusedFile } from './refused-file';

const FREE_OR_END = 0xffff_fff0;
const HEADER_BYTES = 512;
const DIFAT_IN_HEADER = 109;
const DIRECTORY_ENTRY_BYTES = 128;
const STREAM = 2;
const ROOT = 5;

/**
 * Walks every chain of sectors of an .xls file (MS-CFB) once. Throws `RefusedFile` if a chain leaves the file or meets itself, and
 * if the file is encrypted.
 */
export function checkXls(file: Buffer): void {
  if (file.length < HEADER_BYTES) throw broken();
  const shift = file.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) throw broken();
  const sectors = new Sectors(file, 1 << shift);
  const directory = sectors.chainOf(file.readUInt32LE(48));
  sectors.chainOf(file.readUInt32LE(60));
  const names: string[] = [];
  for (const sector of directory) {
    const bytes = sectors.bytesOf(sector);
    for (let at = 0; at + DIRECTORY_ENTRY_BYTES <= bytes.length; at += DIRECTORY_ENTRY_BYTES) {
      const entry = bytes.subarray(at, at + DIRECTORY_ENTRY_BYTES);
      names.push(nameOf(entry));
      const isStream = entry[66] === STREAM && entry.readUInt32LE(120) >= file.readUInt32LE(56);
      if (isStream || entry[66] === ROOT) sectors.chainOf(entry.readUInt32LE(116));
    }
  }
  if (names.includes('EncryptedPackage')) throw new RefusedFile('文件已加密，请先去除密码');
  if (!names.includes('Workbook') && !names.includes('Book')) throw new RefusedFile('不是 .xls 文件：没有工作簿');
}

class Sectors {
  /** The sector that follows each one. */
  private readonly next: readonly number[];
  private readonly count: number;

  constructor(
    private readonly file: Buffer,
    private readonly bytes: number,
  ) {
    this.count = Math.ceil((file.length - bytes) / bytes);
    this.next = this.tableSectors().flatMap((sector) => this.numbersIn(sector));
  }

  bytesOf(sector: number): Buffer {
    if (sector >= this.count) throw broken();
    return this.file.subarray((sector + 1) * this.bytes, (sector + 2) * this.bytes);
  }

  chainOf(first: number): readonly number[] {
    const chain: number[] = [];
    for (let sector = first; sector < FREE_OR_END; sector = this.next[sector] ?? FREE_OR_END) {
      if (sector >= this.count) throw broken();
      if (chain.push(sector) > this.count) throw looped();
    }
    return chain;
  }

  /** The sectors of the table of chains: the first are named in the header, the others in sectors of their own. */
  private tableSectors(): readonly number[] {
    const named: number[] = [];
    for (let index = 0; index < DIFAT_IN_HEADER; index++) named.push(this.file.readUInt32LE(76 + 4 * index));
    let walked = 0;
    for (let sector = this.file.readUInt32LE(68); sector < FREE_OR_END;) {
      if (++walked > this.count) throw looped();
      const numbers = this.numbersIn(sector);
      named.push(...numbers.slice(0, -1));
      sector = numbers.at(-1) ?? FREE_OR_END;
    }
    const used = named.filter((sector) => sector < FREE_OR_END);
    if (used.length > this.count) throw broken();
    return used;
  }

  private numbersIn(sector: number): readonly number[] {
    const bytes = this.bytesOf(sector);
    const numbers: number[] = [];
    for (let at = 0; at + 4 <= bytes.length; at += 4) numbers.push(bytes.readUInt32LE(at));
    return numbers;
  }
}

function nameOf(entry: Buffer): string {
  const length = Math.min(entry.readUInt16LE(64), 64);
  return length < 2 ? '' : entry.toString('utf16le', 0, length - 2);
}

const broken = (): RefusedFile => new RefusedFile('.xls 文件已损坏');
const looped = (): RefusedFile => new RefusedFile('.xls 文件的扇区链成环');
