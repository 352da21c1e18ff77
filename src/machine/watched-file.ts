import { readFile, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

export interface WatchedFileOptions {
  readonly maxBytes: number;
  readonly everyMs: number;
  /** Called with the content each time it has changed, and then asked what is wrong with it. */
  readonly onContent: (content: Buffer) => string | undefined;
  /** Called when what is wrong with the file has changed; undefined: nothing is wrong any more. */
  readonly onTurn: (problem: string | undefined) => void;
}

/**
 * A file that is read again when it changes. It looks at the file at intervals: notices of the system get lost on network drives,
 * and when a folder that a container mounts is replaced.
 */
export class WatchedFile {
  private seen: string | undefined;
  private problem: string | undefined;

  constructor(
    private readonly path: string,
    private readonly options: WatchedFileOptions,
  ) {}

  /** Reads the file if it has changed. Returns what is wrong with it. */
  async look(): Promise<string | undefined> {
    const problem = await this.read().catch((error: unknown) => {
      this.seen = undefined;
      return error instanceof Error ? error.message : String(error);
    });
    if (problem !== this.problem) {
      this.problem = problem;
      this.options.onTurn(problem);
    }
    return problem;
  }

  async watch(signal: AbortSignal): Promise<void> {
    const waiting = (): Promise<unknown> =>
      pause(this.options.everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    for (await waiting(); !signal.aborted; await waiting()) await this.look();
  }

  private async read(): Promise<string | undefined> {
    const status = await stat(this.path, { bigint: true });
    if (!status.isFile()) throw new Error(`${this.path} is no file`);
    if (status.size > this.options.maxBytes)
      throw new Error(`${this.path} has more than ${this.options.maxBytes} bytes`);
    const version = [status.ino, status.size, status.mtimeNs, status.ctimeNs].join();
    if (version === this.seen) return this.problem;
    const content = await readFile(this.path);
    // A change since `stat` has another version, so the next look reads again.
    this.seen = version;
    return this.options.onContent(content);
  }
}
