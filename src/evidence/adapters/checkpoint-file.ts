import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { CorruptLedger } from '../../kernel/outage';
import { makePrivateFile, makePrivateFolder, syncFile, writePrivateFile } from '../../machine/private-files';
import { KeptCheckpoint, KeptCheckpoints } from '../kept-checkpoint';

const Digits = z.string().regex(/^\d{1,20}$/).transform(BigInt); // prettier-ignore
const Line = z.strictObject({ treeSize: Digits, position: Digits, recordedAt: z.number(), note: z.string() });

/** When the file has twice as many, the older half is dropped. A checkpoint that was dropped can still be proven consistent. */
const KEPT = 10_000;

/** One JSON line for each checkpoint. A line that a crash has cut off is left out: its checkpoint was never shown. */
export class CheckpointFile implements KeptCheckpoints {
  private readonly kept: KeptCheckpoint[];

  private constructor(
    private readonly path: string,
    private readonly text: string,
  ) {
    this.kept = wholeLines(text).split('\n').slice(0, -1).map(readLine(path));
  }

  /** To read: another process may append to it. */
  static read(path: string): CheckpointFile {
    return new CheckpointFile(path, existsSync(path) ? readFileSync(path, 'utf8') : '');
  }

  /** To keep more checkpoints in it. Makes the file if there is none. */
  static open(path: string): CheckpointFile {
    const file = CheckpointFile.read(path);
    makePrivateFolder(dirname(path));
    makePrivateFile(path);
    const whole = wholeLines(file.text);
    if (whole !== file.text) writePrivateFile(path, whole);
    return file;
  }

  get newest(): KeptCheckpoint | undefined {
    return this.kept.at(-1);
  }

  of(treeSize: bigint): KeptCheckpoint | undefined {
    const found = this.upTo(treeSize);
    return found?.treeSize === treeSize ? found : undefined;
  }

  upTo(treeSize: bigint): KeptCheckpoint | undefined {
    return this.kept.findLast((checkpoint) => checkpoint.treeSize <= treeSize);
  }

  keep(checkpoint: KeptCheckpoint): void {
    this.kept.push(checkpoint);
    if (this.kept.length >= 2 * KEPT) {
      this.kept.splice(0, this.kept.length - KEPT);
      writePrivateFile(this.path, this.kept.map(lineOf).join(''));
      return;
    }
    appendFileSync(this.path, lineOf(checkpoint));
    syncFile(this.path);
  }
}

const wholeLines = (text: string): string => text.slice(0, text.lastIndexOf('\n') + 1);

const lineOf = ({ treeSize, position, recordedAt, note }: KeptCheckpoint): string =>
  `${JSON.stringify({ treeSize: String(treeSize), position: String(position), recordedAt, note })}\n`;

const readLine =
  (path: string) =>
  (line: string, at: number): KeptCheckpoint => {
    const parsed = Line.safeParse(jsonOf(line));
    if (!parsed.success) throw new CorruptLedger(`${path}: line ${at + 1} is not a checkpoint`);
    return parsed.data;
  };

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
