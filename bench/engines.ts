import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { RedisServer, startRedis } from '../tests/support/redis/server';
import { temporaryFolder } from '../tests/support/temporary-folder';
import { Report } from './measure';

/** Servers for one section: started for it, and ended with it or with this process. */

/** `run` on an empty redis-server; if none is installed, a remark that says so. */
export async function onRedis(run: (server: RedisServer) => Promise<Report>): Promise<Report> {
  if (spawnSync('redis-server', ['--version']).error !== undefined) {
    return ['left out: there is no redis-server on this machine (apt-get install redis-server)'];
  }
  const server = await startRedis();
  const forget = endWithThisProcess(server.pid);
  try {
    return await run(server);
  } finally {
    await server.stop();
    forget();
  }
}

/** `run` with the connection string of the stand-in for KurrentDB, which is a separate process. */
export async function onKurrentStandIn<T>(run: (url: string) => Promise<T>): Promise<T> {
  const folder = temporaryFolder();
  const script = path.join(__dirname, '../tests/support/kurrentdb/main.js');
  const child = spawn(process.execPath, [script, folder.path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const forget = endWithThisProcess(child.pid!);
  try {
    const lines = createInterface({ input: child.stdout });
    const [url] = (await Promise.race([
      once(lines, 'line'),
      ended.then(() => {
        throw new Error('the stand-in for KurrentDB ended');
      }),
    ])) as [string];
    return await run(url);
  } finally {
    child.kill('SIGKILL');
    await ended;
    forget();
    folder.remove();
  }
}

/** Ends the process with that id when this process ends. Returns a function to call after it has ended. */
export function endWithThisProcess(pid: number): () => void {
  const end = (): void => {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  };
  process.on('exit', end);
  return () => process.off('exit', end);
}
