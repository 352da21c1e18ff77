import { EventStore } from '../../event-store/event-store';
import { Outage } from '../../kernel/outage';

/** Stands for a log that cannot be opened: every call meets an outage. */
export function unavailableLog(problem: string): EventStore {
  const fail = (): never => {
    throw new Outage(problem);
  };
  const failing = async (): Promise<never> => Promise.resolve().then(fail);
  const iterate = <T>(): AsyncIterable<T> => ({ [Symbol.asyncIterator]: () => ({ next: failing }) });
  return {
    append: failing,
    readStream: iterate,
    readAll: iterate,
    subscribe: iterate,
    head: failing,
    requireWritable: failing,
    forget: () => undefined,
    close: () => Promise.resolve(),
  };
}
