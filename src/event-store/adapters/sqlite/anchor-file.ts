import { closeSync, fdatasync, fdatasyncSync, openSync, readSync, writeSync } from 'node:fs';
import { writePrivateFile } from '../../../machine/private-files';
import { AnchorRecord, decodeRecord, encodeRecord, RECORD_BYTES } from './anchor-record';

export const anchorPathOf = (ledger: string): string => `${ledger}-anchor`;

/** Two slots are written in turn, in blocks of their own. A write that a crash tears leaves the other slot as it was. */
const BLOCK_BYTES = 4096;

export const ANCHOR_SYNC_MS = 200;

/**
 * The newest record in an anchor file; undefined if there is no file. `unreadable`: neither slot is valid, which no torn write causes.
 */
export function readAnchor(path: string): AnchorRecord | 'unreadable' | undefined {
  const slots = readSlots(path);
  if (slots === undefined) return undefined;
  const records = slots.flatMap((slot) => decodeRecord(slot) ?? []);
  const newest = records.sort((left, right) => right.generation - left.generation)[0];
  return newest ?? 'unreadable';
}

/** Replaces the file as a whole, and waits for the disk. */
export function createAnchor(path: string, record: AnchorRecord): void {
  const block = encodeRecord(record).toString('latin1').padEnd(BLOCK_BYTES, '\n');
  writePrivateFile(path, block + block);
}

/**
 * Writes the anchor without waiting for the disk: after kill -9 the operating system still has it. After a power cut, up to
 * `ANCHOR_SYNC_MS` of it may be lost.
 */
export class AnchorFile {
  private readonly file: number;
  private timer: NodeJS.Timeout | undefined;

  constructor(path: string) {
    this.file = openSync(path, 'r+');
  }

  write(record: AnchorRecord): void {
    writeSync(this.file, encodeRecord(record), 0, RECORD_BYTES, (record.generation % 2) * BLOCK_BYTES);
    this.timer ??= setTimeout(() => {
      fdatasync(this.file, () => {
        this.timer = undefined;
      });
    }, ANCHOR_SYNC_MS).unref();
  }

  close(): void {
    clearTimeout(this.timer);
    fdatasyncSync(this.file);
    closeSync(this.file);
  }
}

function readSlots(path: string): readonly Buffer[] | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return [0, BLOCK_BYTES].map((at) => {
      const slot = Buffer.alloc(RECORD_BYTES);
      readSync(file, slot, 0, RECORD_BYTES, at);
      return slot;
    });
  } finally {
    closeSync(file);
  }
}
