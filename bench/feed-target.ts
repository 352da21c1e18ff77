import { ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { endWithThisProcess } from './engines';

/** The requests that a server of feed-server.ts accepts. */
export interface FeedCommands {
  /** This many events at once. Resolves to the start time, by `machineMs`. */
  readonly append: { readonly argument: number; readonly result: number };
  /** Resolves to the start time of each. */
  readonly appendOneByOne: {
    readonly argument: { readonly count: number; readonly everyMs: number };
    readonly result: readonly number[];
  };
  /** Events per second. */
  readonly readAll: { readonly argument: undefined; readonly result: number };
  readonly watchLoop: { readonly argument: undefined; readonly result: number };
  readonly broadcast: { readonly argument: { readonly text: string; readonly count: number }; readonly result: number };
  readonly memory: { readonly argument: undefined; readonly result: Memory };
}

export interface FeedRequest {
  readonly id: number;
  readonly name: keyof FeedCommands;
  readonly argument: unknown;
}

/** In bytes, after a garbage collection. */
export interface Memory {
  readonly rss: number;
  /** Including its memory outside the heap. */
  readonly heap: number;
}

export interface FeedTarget {
  readonly address: string;
  readonly token: string;
  ask<Name extends keyof FeedCommands>(
    name: Name,
    argument: FeedCommands[Name]['argument'],
  ): Promise<FeedCommands[Name]['result']>;
  stop(): Promise<void>;
}

/** The flags of `npm start`, those for measuring memory, and optional ones such as `--cpu-prof`. */
const NODE_OPTIONS = [
  '--max-semi-space-size=64',
  '--expose-gc',
  ...(process.env.BENCH_NODE_OPTIONS ?? '').split(' ').filter(Boolean),
];

/** A server in a separate process, which ends with this one (feed-server.ts). */
export async function startFeedServer(kind: 'bare' | 'ledger', events = 0): Promise<FeedTarget> {
  const child = fork(path.join(__dirname, 'feed-server.js'), [kind, String(events)], {
    execArgv: NODE_OPTIONS,
  });
  const forget = endWithThisProcess(child.pid!);
  const waiting = new Map<number, (result: any) => void>();
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      forget();
      resolve();
    });
  });
  const fails = ended.then(() => Promise.reject(new Error(`the ${kind} server of the feed ended`)));
  fails.catch(() => undefined);
  const { address, token } = await Promise.race([firstMessage(child), fails]);
  child.on('message', ({ id, result }: { id: number; result: unknown }) => {
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  let nextId = 0;
  return {
    address,
    token,
    ask: (name, argument) => {
      const request: FeedRequest = { id: nextId++, name, argument };
      const answer = new Promise<any>((resolve) => waiting.set(request.id, resolve));
      child.send(request);
      return Promise.race([answer, fails]);
    },
    stop: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

const firstMessage = (child: ChildProcess): Promise<{ address: string; token: string }> =>
  new Promise((resolve) => child.once('message', resolve as never));

/** The time since the machine was started, in milliseconds: one clock for all processes. */
export const machineMs = (): number => Number(process.hrtime.bigint()) / 1e6;
