import { AsyncLocalStorage } from 'node:async_hooks';
import { Outage } from '../../../src/kernel/outage';

/** Whether the call had done its work when the process ended. */
export type When = 'before' | 'after';

/** A process that ends at one of the calls that a piece of work makes to the log and to the read models. */
export class EndingProcess {
  private readonly work = new AsyncLocalStorage<LastCall>();

  /** What the process reaches over these calls. */
  over<Engine extends object>(engine: Engine): Engine {
    const isSynchronous = 'synchronous' in engine && engine.synchronous === true;
    return new Proxy(engine, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        const call = value as (...parameters: unknown[]) => unknown;
        const isStream = name === 'readStream' || name === 'readAll';
        return (...parameters: unknown[]) => {
          const made = () => call.apply(target, parameters);
          const last = this.work.getStore();
          if (last === undefined) return made();
          if (isStream) return last.read(made as () => AsyncIterable<unknown>);
          return isSynchronous ? last.answer(made) : last.promise(made as () => Promise<unknown>);
        };
      },
    });
  }

  /** Answers whether the process ended. With fewer calls than `at`, it did not. */
  async endingAt(at: number, when: When, work: () => Promise<unknown>): Promise<boolean> {
    const last = new LastCall(at, when);
    await this.work.run(last, async () => {
      try {
        await work();
      } catch (error) {
        if (!(error instanceof Outage)) throw error;
      }
    });
    return last.isMade;
  }
}

class LastCall {
  private calls = 0;

  constructor(
    private readonly at: number,
    private readonly when: When,
  ) {}

  get isMade(): boolean {
    return this.calls >= this.at;
  }

  answer(call: () => unknown): unknown {
    const isMade = this.begin();
    const answer = isMade ? call() : undefined;
    if (this.isMade) throw ended();
    return answer;
  }

  async promise(call: () => Promise<unknown>): Promise<unknown> {
    const isMade = this.begin();
    const isLast = this.isMade;
    const answer = isMade ? await call() : undefined;
    if (isLast) throw ended();
    return answer;
  }

  async *read(call: () => AsyncIterable<unknown>): AsyncGenerator {
    const isMade = this.begin();
    const isLast = this.isMade;
    if (isMade) {
      for await (const item of call()) if (!isLast) yield item;
    }
    if (isLast) throw ended();
  }

  /** Counts a call, and answers whether it is made: of an ended process none is. */
  private begin(): boolean {
    this.calls++;
    return this.calls < this.at || (this.calls === this.at && this.when === 'after');
  }
}

const ended = () => new Outage('The process has ended');
