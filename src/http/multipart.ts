import { once } from 'node:events';
import { Readable } from 'node:stream';
import { MIMEType } from 'node:util';
import { Busboy, BusboyInstance } from '@fastify/busboy';
import { longWork, Worker } from '../kernel/turns';
import { Body } from './body';

/** A part of a `multipart/form-data` body. */
export interface FormPart {
  readonly name: string;
  /** Only a file has one. */
  readonly fileName: string | undefined;
  /** As they arrived, not put together: to copy megabytes takes a good part of a turn. */
  readonly pieces: Body;
}

/** A sender may send its body byte by byte. Smaller pieces are put together up to this size. */
const PIECE_BYTES = 16_384;
/** RFC 2046. */
const MOST_BOUNDARY_BYTES = 70;
const LIMITS = { headerPairs: 10, headerSize: 4_096 };

/** The body is not in the form of a multipart body, it has too many parts, or one of them cannot be read. */
export class MalformedForm extends Error {}

/** The parts of a body, in their order. Throws `MalformedForm`. */
export async function partsOf(contentType: string, body: Body, mostParts: number, work?: Worker): Promise<FormPart[]> {
  const boundary = boundaryIn(contentType);
  const reader = readerOf(boundary, mostParts);
  const parts: FormPart[] = [];
  const finished = new Promise<void>((resolve, reject) => {
    const fail = (): void => {
      reject(new MalformedForm());
    };
    reader.on('error', fail).on('partsLimit', fail).on('finish', resolve);
    reader.on('file', (name: string | undefined, content: Readable, fileName: string | undefined) => {
      const pieces: Buffer[] = [];
      content.on('error', fail).on('data', (piece: Buffer) => pieces.push(piece));
      parts.push({ name: name ?? '', fileName: fileName === undefined ? undefined : asWritten(fileName), pieces });
    });
  });
  const marks = new Marks(boundary);
  const write = async (): Promise<void> => {
    for (const piece of piecesOf(body)) {
      await longWork.turn(work);
      marks.countIn(piece);
      if (!reader.write(piece)) await Promise.race([once(reader, 'drain'), finished]);
    }
    reader.end();
  };
  await Promise.all([write(), finished]);
  // The reader leaves out parts that it cannot read. An import without its `dryRun` would be recorded.
  if (marks.count !== parts.length + 1) throw new MalformedForm();
  return parts;
}

/** Counts the marks in a body: there is one in front of each part, and one at the end. */
class Marks {
  count = 0;
  private readonly mark: Buffer;
  /** The end of the pieces so far, where a mark may have begun. The first mark needs no line in front of it. */
  private end: Buffer = Buffer.from('\r\n');

  constructor(boundary: string) {
    this.mark = Buffer.from(`\r\n--${boundary}`);
  }

  countIn(piece: Buffer): void {
    const cut = this.mark.length - 1;
    const seam = Buffer.concat([this.end, piece.subarray(0, cut)]);
    for (const bytes of [seam, piece]) {
      for (let at = bytes.indexOf(this.mark); at >= 0; at = bytes.indexOf(this.mark, at + this.mark.length))
        this.count++;
    }
    this.end = piece.length < cut ? seam.subarray(-cut) : piece.subarray(-cut);
  }
}

function readerOf(boundary: string, parts: number): BusboyInstance {
  const type = new MIMEType('multipart/form-data');
  type.params.set('boundary', boundary);
  return new Busboy({
    headers: { 'content-type': String(type) },
    limits: { ...LIMITS, parts },
    // Each part comes as a file. A text has no file name.
    isPartAFile: () => true,
    preservePath: true,
  });
}

function boundaryIn(contentType: string): string {
  try {
    const boundary = new MIMEType(contentType).params.get('boundary') ?? '';
    if (boundary !== '' && Buffer.byteLength(boundary) <= MOST_BOUNDARY_BYTES) return boundary;
  } catch {
    // It is no type.
  }
  throw new MalformedForm();
}

function* piecesOf(body: Body): Generator<Buffer, void> {
  let small: Buffer[] = [];
  let bytes = 0;
  for (const received of body) {
    small.push(received);
    bytes += received.length;
    if (bytes < PIECE_BYTES) continue;
    yield joined(small);
    [small, bytes] = [[], 0];
  }
  if (bytes > 0) yield joined(small);
}

function joined(pieces: Body): Buffer {
  const [only, ...others] = pieces;
  return only !== undefined && others.length === 0 ? only : Buffer.concat(pieces);
}

/** Browsers escape these characters, and no others (https://html.spec.whatwg.org/#multipart-form-data). */
const asWritten = (fileName: string): string => fileName.replace(/%(?:22|0A|0D)/g, decodeURIComponent);
