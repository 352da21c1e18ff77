import { crc32, deflateRawSync } from 'node:zlib';

export interface MadeEntry {
  readonly name: string;
  readonly content: string | Buffer;
  /** What the directory says in place of the truth. */
  readonly saidSize?: number;
  readonly saidCrc?: number;
  /** Another entry whose packed bytes it claims to have. */
  readonly sameAs?: string;
}

/** A zip file, also one that lies. */
export function zipOf(entries: readonly MadeEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  const offsets = new Map<string, number>();
  let offset = 0;
  for (const { name, content, saidSize, saidCrc, sameAs } of entries) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(8, 8);
    header.writeUInt32LE(saidCrc ?? crc32(bytes), 14);
    header.writeUInt32LE(packed.length, 18);
    header.writeUInt32LE(saidSize ?? bytes.length, 22);
    header.writeUInt16LE(Buffer.byteLength(name), 26);
    const own = sameAs === undefined ? offset : offsets.get(sameAs)!;
    if (sameAs === undefined) {
      offsets.set(name, offset);
      parts.push(header, Buffer.from(name), packed);
      offset += 30 + Buffer.byteLength(name) + packed.length;
    }
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    header.copy(entry, 8, 6, 28);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(own, 42);
    directory.push(entry, Buffer.from(name));
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listed, end]);
}
