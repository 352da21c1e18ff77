import { createReadStream } from 'node:fs';
import { UnsoundEvidence } from '../evidence/unsound';
import { Outage } from '../kernel/outage';
import { isFileError } from '../machine/file-errors';

const LINE_BREAK = 0x0a;

/** The lines of a file in UTF-8, each of which ends with a line break. Throws `Outage` if it cannot be read, and `UnsoundEvidence`. */
export async function* linesOf(file: string, mostBytes: number): AsyncGenerator<string, void> {
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(file)) {
      let bytes = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
      for (let end = bytes.indexOf(LINE_BREAK); end !== -1; end = bytes.indexOf(LINE_BREAK)) {
        yield textOf(bytes.subarray(0, end));
        bytes = bytes.subarray(end + 1);
      }
      if (bytes.length > mostBytes) throw new UnsoundEvidence(`The file has a line of more than ${mostBytes} bytes`);
      rest = bytes;
    }
  } catch (error) {
    throw isFileError(error) ? new Outage(error.message, { cause: error }) : error;
  }
  if (rest.length > 0) throw new UnsoundEvidence('The file ends inside a line: it was cut off');
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UnsoundEvidence('The file is not text in UTF-8');
  }
}
