import {
  closeSync,
  existsSync,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { CorruptLedger } from '../../kernel/outage';
import { makePrivateFile, makePrivateFolder, writePrivateFile } from '../../machine/private-files';
import { reachingFiles } from '../../machine/reaching-files';
import { LeafPlace, Places } from '../places/places';

const StreamLine = z.strictObject({ stream: z.string(), department: z.string() });
type NamedStream = z.infer<typeof StreamLine>;

/** A place in the file: position and recordedAt (8 bytes each) and the number of its stream (4 bytes), big-endian. */
const RECORD_BYTES = 20;
const PAGE_RECORDS = 1_024n;
/** 20 KiB each: 4 MiB. */
const CACHED_PAGES = 200;

/** Two files in a folder: `places.bin` with a record for each leaf, and `streams.jsonl` with a line for each stream. */
export class PlaceFile implements Places {
  private readonly pages = new LRUCache<bigint, Buffer>({ max: CACHED_PAGES });
  private readonly numbers = new Map<string, number>();
  private unwritten: LeafPlace[] = [];
  private writtenStreams: number;

  private constructor(
    private readonly records: string,
    private readonly names: string,
    private streams: NamedStream[],
    private written: bigint,
  ) {
    this.writtenStreams = streams.length;
    for (const [number, { stream }] of streams.entries()) this.numbers.set(stream, number);
  }

  /** To read: another process may write to it. */
  static read(folder: string): PlaceFile {
    const records = join(folder, 'places.bin');
    const names = join(folder, 'streams.jsonl');
    const streams = readStreams(existsSync(names) ? readFileSync(names, 'utf8') : '');
    const bytes = existsSync(records) ? statSync(records).size : 0;
    return new PlaceFile(records, names, streams, BigInt(Math.floor(bytes / RECORD_BYTES)));
  }

  /** Makes the files if there are none. */
  static open(folder: string): PlaceFile {
    const file = PlaceFile.read(folder);
    makePrivateFolder(folder);
    makePrivateFile(file.names);
    makePrivateFile(file.records);
    // Without a line that a crash has cut off, or rubbish: the places that name it are lost.
    const whole = file.streams.map(lineOf).join('');
    if (whole !== readFileSync(file.names, 'utf8')) writePrivateFile(file.names, whole);
    return file;
  }

  get size(): bigint {
    return this.written + BigInt(this.unwritten.length);
  }

  at(leafIndex: bigint): LeafPlace {
    const unwritten = this.unwritten[Number(leafIndex - this.written)];
    const place = leafIndex >= this.written ? unwritten : this.read(leafIndex);
    if (place === undefined) throw new CorruptLedger(`The place of leaf ${leafIndex} is lost`);
    return place;
  }

  departmentOf(stream: string): string | undefined {
    const number = this.numbers.get(stream);
    return number === undefined ? undefined : this.streams[number]?.department;
  }

  countUpTo(position: bigint): bigint {
    let from = 0n;
    let to = this.size;
    while (from < to) {
      const middle = (from + to) / 2n;
      if (this.at(middle).position <= position) from = middle + 1n;
      else to = middle;
    }
    return from;
  }

  append(place: LeafPlace): void {
    const { stream, department } = place;
    if (!this.numbers.has(stream)) this.numbers.set(stream, this.streams.push({ stream, department }) - 1);
    this.unwritten.push(place);
  }

  truncate(size: bigint): void {
    this.unwritten = [];
    this.pages.clear();
    if (size === 0n) this.forgetStreams();
    if (size >= this.written) return;
    this.written = size;
    withFile(this.records, (file) => {
      ftruncateSync(file, Number(size) * RECORD_BYTES);
    });
  }

  write(): void {
    // First: a record names a stream that is in the other file.
    if (this.writtenStreams < this.streams.length) {
      const lines = this.streams.slice(this.writtenStreams).map(lineOf).join('');
      withFile(this.names, (file) => writeSync(file, lines), 'a');
      this.writtenStreams = this.streams.length;
    }
    if (this.unwritten.length === 0) return;
    const records = Buffer.concat(this.unwritten.map((place) => this.recordOf(place)));
    withFile(this.records, (file) => writeSync(file, records, 0, records.length, Number(this.written) * RECORD_BYTES));
    this.written = this.size;
    this.unwritten = [];
  }

  sync(): void {
    for (const path of [this.names, this.records]) withFile(path, fdatasyncSync);
  }

  /** Another log may have other streams, or departments. */
  private forgetStreams(): void {
    this.numbers.clear();
    this.streams = [];
    this.writtenStreams = 0;
    reachingFiles(() => {
      writePrivateFile(this.names, '');
    });
  }

  private recordOf({ position, recordedAt, stream }: LeafPlace): Buffer {
    const record = Buffer.alloc(RECORD_BYTES);
    record.writeBigUInt64BE(position, 0);
    record.writeBigInt64BE(BigInt(recordedAt), 8);
    record.writeUInt32BE(this.numbers.get(stream) as number, 16);
    return record;
  }

  private read(leafIndex: bigint): LeafPlace | undefined {
    const at = Number(leafIndex % PAGE_RECORDS) * RECORD_BYTES;
    const page = this.pageOf(leafIndex / PAGE_RECORDS, at + RECORD_BYTES);
    if (page === undefined) return undefined;
    const stream = this.streams[page.readUInt32BE(at + 16)];
    if (stream === undefined) return undefined;
    return { position: page.readBigUInt64BE(at), recordedAt: Number(page.readBigInt64BE(at + 8)), ...stream };
  }

  /** The page with at least its first `bytes`; undefined if the file has fewer. The newest page still grows. */
  private pageOf(page: bigint, bytes: number): Buffer | undefined {
    const known = this.pages.get(page);
    if (known !== undefined && known.length >= bytes) return known;
    const from = page * PAGE_RECORDS;
    const rest = this.written - from;
    const whole = Buffer.alloc(Number(rest < PAGE_RECORDS ? rest : PAGE_RECORDS) * RECORD_BYTES);
    const length = withFile(
      this.records,
      (file) => readSync(file, whole, 0, whole.length, Number(from) * RECORD_BYTES),
      'r',
    );
    if (length < bytes) return undefined;
    const found = whole.subarray(0, length);
    this.pages.set(page, found);
    return found;
  }
}

function readStreams(text: string): NamedStream[] {
  const streams: NamedStream[] = [];
  for (const line of text.split('\n')) {
    const parsed = StreamLine.safeParse(jsonOf(line));
    if (!parsed.success) break;
    streams.push(parsed.data);
  }
  return streams;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const lineOf = (stream: NamedStream): string => `${JSON.stringify(stream)}\n`;

const withFile = <T>(path: string, use: (file: number) => T, flags = 'r+'): T =>
  reachingFiles(() => {
    const file = openSync(path, flags);
    try {
      return use(file);
    } finally {
      closeSync(file);
    }
  });
