import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Redis from 'ioredis';
import { TemporaryFolder, temporaryFolder } from '../temporary-folder';

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  /** Kills it, like a power failure. */
  kill(): Promise<void>;
  /** Starts it again on the same port, after `kill`. */
  start(): Promise<void>;
  /** Stops it and removes its folder. */
  stop(): Promise<void>;
}

const STARTS = 5;

/** A real redis-server on a free port of 127.0.0.1, with a separate folder. */
export function startRedis(settings: readonly string[] = []): Promise<RedisServer> {
  return startOn((port, folder) => new Server(port, folder, [...common(port, folder), '--save', '', ...settings]));
}

/** A Sentinel that watches nothing yet. It keeps its state in a file, which it reads when it is started again. */
export function startSentinel(): Promise<RedisServer> {
  return startOn((port, folder) => {
    const file = join(folder.path, 'sentinel.conf');
    appendFileSync(file, '');
    return new Server(port, folder, [file, '--sentinel', ...common(port, folder)]);
  });
}

const common = (port: number, folder: TemporaryFolder): readonly string[] => [
  ...['--bind', '127.0.0.1'],
  ...['--port', String(port)],
  ...['--dir', folder.path],
];

async function startOn(create: (port: number, folder: TemporaryFolder) => Server): Promise<RedisServer> {
  for (let attempt = 1; ; attempt++) {
    const server = create(await freePort(), temporaryFolder());
    try {
      await server.start();
      return server;
    } catch (error) {
      // Another process may have taken the free port in the meantime.
      await server.stop();
      if (attempt === STARTS) throw error;
    }
  }
}

class Server implements RedisServer {
  private child: ChildProcess | undefined;

  constructor(
    readonly port: number,
    private readonly folder: TemporaryFolder,
    private readonly args: readonly string[],
  ) {}

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    if (this.child?.pid === undefined) throw new Error('redis-server does not run');
    return this.child.pid;
  }

  async start(): Promise<void> {
    const child = spawn('redis-server', this.args, { stdio: ['ignore', 'ignore', 'inherit'] });
    this.child = child;
    const failed = once(child, 'exit').then(([code]) => {
      throw new Error(`redis-server ended with ${String(code)}; install it with: apt-get install redis-server`);
    });
    failed.catch(() => undefined);
    await Promise.race([failed, answering(this.port)]);
  }

  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async stop(): Promise<void> {
    await this.kill();
    this.folder.remove();
  }
}

async function answering(port: number): Promise<void> {
  const client = new Redis({ host: '127.0.0.1', port, lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => undefined);
  for (;;) {
    try {
      await client.connect();
      client.disconnect();
      return;
    } catch {
      // It has not opened its port yet.
      await pause(10);
    }
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no port');
  return address.port;
}
