import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CorruptLedger } from '../../kernel/outage';
import { makePrivateFile, makePrivateFolder, syncFile, writePrivateFile } from '../../machine/private-files';
import { reachingFiles } from '../../machine/reaching-files';
import { checkpointLine, readCheckpointLine } from '../copies/checkpoint-line';
import { KeptCheckpoint, KeptCheckpoints } from '../kept-checkpoint';

/** When the file has twice as many, the older half is dropped. A checkpoint that was dropped can still be proven consistent. */
const KEPT = 10_000;

/** One JSON line for each checkpoint. A later line of the same size counts: it has more cosignatures. A line that a crash has cut off is left out: its checkpoint was never shown. */
export class CheckpointFile implements KeptCheckpoints {
  private readonly kept: KeptCheckpoint[] = [];
  /** Whether the last line may have been written in part. */
  private isTorn = false;

  private constructor(
    private readonly path: string,
    private readonly text: string,
  ) {
    for (const [at, line] of wholeLines(text).split('\n').slice(0, -1).entries()) {
      const checkpoint = readCheckpointLine(line);
      if (checkpoint === undefined) throw new CorruptLedger(`${path}: line ${at + 1} is not a checkpoint`);
      this.put(checkpoint);
    }
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
    const found = this.from(treeSize);
    return found?.treeSize === treeSize ? found : undefined;
  }

  upTo(treeSize: bigint): KeptCheckpoint | undefined {
    return this.kept[this.smallerThan(treeSize + 1n) - 1];
  }

  from(treeSize: bigint): KeptCheckpoint | undefined {
    return this.kept[this.smallerThan(treeSize)];
  }

  private put(checkpoint: KeptCheckpoint): void {
    const at = this.smallerThan(checkpoint.treeSize);
    const isKept = this.kept[at]?.treeSize === checkpoint.treeSize;
    this.kept.splice(at, isKept ? 1 : 0, checkpoint);
  }

  /** How many have a smaller size. They are in the order of their sizes. */
  private smallerThan(treeSize: bigint): number {
    let from = 0;
    let to = this.kept.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.kept[middle] as KeptCheckpoint).treeSize < treeSize) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  keep(checkpoint: KeptCheckpoint): void {
    this.put(checkpoint);
    const isLong = this.kept.length >= 2 * KEPT;
    if (isLong) this.kept.splice(0, this.kept.length - KEPT);
    reachingFiles(() => {
      if (isLong || this.isTorn) {
        writePrivateFile(this.path, this.kept.map(checkpointLine).join(''));
      } else {
        this.isTorn = true;
        appendFileSync(this.path, checkpointLine(checkpoint));
        syncFile(this.path);
      }
    });
    this.isTorn = false;
  }
}

const wholeLines = (text: string): string => text.slice(0, text.lastIndexOf('\n') + 1);
