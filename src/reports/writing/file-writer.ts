import { Slots } from '../../kernel/slots';
import { cpuWatch } from '../../kernel/turns';
import { FileOrder } from './file-order';
import { WritingError } from './writing-error';
import { WritingThread } from './writing-thread';

/** Who waits for a file. */
export interface Waiting {
  /** The principal. One that asks for many files does not hold up the others. */
  readonly owner: string;
  /** Aborts if the client leaves before the answer. */
  readonly leaving: AbortSignal;
  /** Reports how long the CPU worked on the file. */
  took(ms: number): void;
}

/** Files that one caller may wait for at the same time. The figures of each are read, and held in memory. */
const MOST_OF_ONE_CALLER = 8;

/** Writes files one after the other, beside the thread that answers requests. The callers take turns. */
export class FileWriter {
  private readonly slots = new Slots(1);
  private readonly asked = new Map<string, number>();

  constructor(private readonly thread = new WritingThread()) {}

  /**
   * Makes a file: reads its figures, and writes it. Throws `WritingError` before anything is read if the caller waits for too many
   * files already.
   */
  async admit<T>(owner: string, make: () => Promise<T>): Promise<T> {
    const asked = this.asked.get(owner) ?? 0;
    if (asked >= MOST_OF_ONE_CALLER)
      throw new WritingError('BUSY', `${asked} other files of the caller are being made`);
    this.asked.set(owner, asked + 1);
    try {
      return await make();
    } finally {
      const left = (this.asked.get(owner) ?? 1) - 1;
      if (left === 0) this.asked.delete(owner);
      else this.asked.set(owner, left);
    }
  }

  /** Throws `WritingError`, `Outage`, and `RequestAborted` if the client has left. */
  write(order: FileOrder, waiting: Waiting): Promise<Uint8Array> {
    return this.slots.run(waiting.owner, () => this.written(order, waiting));
  }

  private async written(order: FileOrder, waiting: Waiting): Promise<Uint8Array> {
    const cpu = cpuWatch();
    try {
      return await this.thread.write(order, waiting.leaving);
    } finally {
      waiting.took(cpu());
    }
  }

  close(): Promise<void> {
    return this.thread.close();
  }
}
