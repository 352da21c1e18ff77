import { basename } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Loaded into a server's process before the server (`--require`), so that the load sees figures of that process only. The
 * server itself is unchanged.
 */

/** What a process reports since its last report. */
export interface Look {
  /** Bytes in use after a garbage collection, including those outside the heap. */
  readonly memory: number;
  readonly rss: number;
  /** The 99th percentile of the delays of the event loop. */
  readonly delayMs: number;
  readonly longestDelayMs: number;
  /** Since the process was started. */
  readonly cpuMs: number;
}

/** The processes that the server starts inherit the option. */
const isServer = /^main\.[jt]s$/.test(basename(process.argv[1] ?? ''));

if (isServer) {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  process.on('message', () => {
    const [delayMs, longestDelayMs] = [delays.percentile(99) / 1e6, delays.max / 1e6];
    const { user, system } = process.cpuUsage();
    globalThis.gc?.();
    const { heapUsed, external, rss } = process.memoryUsage();
    const look: Look = { memory: heapUsed + external, rss, delayMs, longestDelayMs, cpuMs: (user + system) / 1_000 };
    process.send?.(look);
    // The collection above is not a delay of the server's.
    setImmediate(() => {
      delays.reset();
    });
  });
  process.on('disconnect', () => process.exit(0));
  process.channel?.unref();
}
