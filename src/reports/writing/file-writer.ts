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

/** Files that one caller may wait for at the same time. Each holds its figures in memory. */
const MOST_OF_ONE_CALLER = 8;

/** Writes files one after the other, beside the thread that answers requests. The callers take turns. */
export class FileWriter {
  private readonly slots = new Slots(1);
  private readonly asked = new Map<string, number>();

  constructor(private readonly thread = new WritingThread()) {}

  /** Throws `WritingError`, `Outage`, and `RequestAborted` if the client has left. */
  async write(order: FileOrder, waiting: Waiting): Promise<Uint8Array> {
    const { owner } = waiting;
    const asked = this.asked.get(owner) ?? 0;
    if (asked >= MOST_OF_ONE_CALLER) {
      throw new WritingError('BUSY', `${asked} other files of the caller are being written`);
    }
    this.asked.set(owner, asked + 1);
    try {
      return await this.slots.run(owner, () => this.written(order, waiting));
    } finally {
      const left = (this.asked.get(owner) ?? 1) - 1;
      if (left === 0) this.asked.delete(owner);
      else this.asked.set(owner, left);
    }
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
