import { Starter, StarterOptions } from './starter';
import { ProcessOrder } from './messages';
import { SpeakingProcess, StartedProcess } from './started-process';

/**
 * Starts processes from a small process. To start a process, the system copies the tables of the memory of the one that starts it, which
 * stands still meanwhile: a server with a gigabyte for a tenth of a second. The small process is started for the first order.
 */
export class ProcessStarter {
  private starter: Starter | undefined;

  constructor(private readonly options: StarterOptions = {}) {}

  /** Throws `Outage` if the machine starts no process. */
  async start(order: ProcessOrder): Promise<StartedProcess> {
    return this.running().start(order);
  }

  /** The same with an input and an output. What the process says before it has read something from its input may be lost. */
  async startSpeaking(order: ProcessOrder): Promise<SpeakingProcess> {
    return this.running().startSpeaking(order);
  }

  private running(): Starter {
    return this.starter?.isThere ? this.starter : (this.starter = new Starter(this.options));
  }
}
