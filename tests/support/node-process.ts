import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { SignJWT } from 'jose';
import pino from 'pino';
import { readConfig } from '../../src/app/config';
import { startServer } from '../../src/app/server';
import { Ask } from './load';
import timeLimits from './time-limits.json';
import { EVERY_WRITING_ROLE } from './writers';

const SECRET = 'a secret for tests only, which is long enough';

const DEFAULTS = {
  HOST: '127.0.0.1',
  PORT: '0',
  AUTH_JWT_SECRET: SECRET,
  PATIENCE_MS: String(timeLimits.patience),
};

/** A server as its clients see it. */
export interface NodeClient {
  readonly address: string;
  /** The token of a person with every writing role for all departments. */
  readonly token: string;
  /** Sends a request as that person. */
  readonly ask: Ask;
  /** Whether it reports ready. */
  isReady(): Promise<boolean>;
  /** Why it reports that it is not ready. */
  problem(): Promise<string | undefined>;
}

/** A server in a separate process, `src/main.ts`. */
export interface NodeProcess extends NodeClient {
  readonly pid: number;
  /** Kills it, like a power failure. */
  kill(): Promise<void>;
  /** Stops it, like an operator. Resolves to its exit status. */
  stop(): Promise<number | null>;
}

/** `onLine` gets each line of its log. */
export async function startNode(
  environment: Readonly<Record<string, string>>,
  onEnd: (cleanUp: () => unknown) => void,
  onLine: (line: string) => void = () => undefined,
): Promise<NodeProcess> {
  const script = path.join(__dirname, '../../src/main.ts');
  const child = spawn(process.execPath, ['--require', path.join(__dirname, 'run-typescript.cjs'), script], {
    env: { PATH: process.env.PATH, ...DEFAULTS, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return (await exited)[0];
  };
  onEnd(() => (hasEnded(child) ? undefined : end('SIGKILL')));
  const address = await addressOf(child, onLine);
  return {
    ...(await clientOf(address)),
    pid: child.pid!,
    kill: async () => {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
  };
}

/** A server in the test's process, wired like `src/main.ts`. */
export async function startNodeHere(
  environment: Readonly<Record<string, string>>,
  onEnd: (cleanUp: () => unknown) => void,
  logger = pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' }),
): Promise<NodeClient & { readonly stop: () => Promise<void> }> {
  const config = readConfig({ ...DEFAULTS, ...environment });
  const server = await startServer(config, logger);
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= server.stop());
  onEnd(stop);
  return { ...(await clientOf(server.address)), stop };
}

async function clientOf(address: string): Promise<NodeClient> {
  const token = await new SignJWT({ roles: EVERY_WRITING_ROLE, departments: '*' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('u-editor')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(SECRET));
  const ready = () => fetch(`${address}/health/ready`);
  return {
    address,
    token,
    async ask(query, variables) {
      const response = await fetch(`${address}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, ...((await response.json()) as { data: unknown }) };
    },
    isReady: async () => (await ready()).ok,
    problem: async () => ((await (await ready()).json()) as { readonly problem?: string }).problem,
  };
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

/** The address as the process logs it. Its later log is read, too; otherwise the process would block. */
function addressOf(child: ChildProcess, onLine: (line: string) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    createInterface({ input: child.stderr! })
      .on('line', (line) => {
        onLine(line);
        if (said.length < 20) said.push(line);
        const [, address] = /"address":"([^"]+)".*"msg":"listening"/.exec(line) ?? [];
        if (address !== undefined) resolve(address);
      })
      .on('close', () => {
        reject(new Error(`The server ended before it listened:\n${said.join('\n')}`));
      });
  });
}
