import { ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { SignJWT } from 'jose';
import { Role } from '../../src/auth/principal';
import { endWithThisProcess } from '../engines';
import { Look } from './probe';

/** The real server (`src/main.ts`), in a process of its own that ends with this one. */
export interface ServerProcess {
  /** `http://127.0.0.1:…` */
  readonly address: string;
  readonly pid: number;
  /** Lines of its log at level error or above, and lines that are not JSON. */
  readonly complaints: readonly string[];
  token(sub: string, roles: readonly Role[]): Promise<string>;
  look(): Promise<Look>;
  /** Stops it, like an operator. Resolves to its exit status. */
  stop(): Promise<number | null>;
}

const ERROR = 50;
const MOST_COMPLAINTS = 20;
/** The built files, or the sources if a test runs them. */
const EXTENSION = path.extname(__filename);

export async function startServerProcess(environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const secret = randomBytes(32).toString('hex');
  const probe = path.join(__dirname, `probe${EXTENSION}`);
  const main = path.join(__dirname, `../../src/main${EXTENSION}`);
  const child = spawn(
    process.execPath,
    [...process.execArgv, '--max-semi-space-size=64', '--expose-gc', '--require', probe, main],
    {
      env: { PATH: process.env.PATH, NODE_ENV: 'production', AUTH_JWT_SECRET: secret, PORT: '0', ...environment },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    },
  );
  const forget = endWithThisProcess(child.pid!);
  const ended = once(child, 'exit').then(([status]: (number | null)[]) => {
    forget();
    return status ?? null;
  });
  const complaints: string[] = [];
  const address = await addressOf(child, complaints);
  const key = new TextEncoder().encode(secret);
  return {
    address,
    pid: child.pid!,
    complaints,
    token: (sub, roles) =>
      new SignJWT({ roles, departments: '*' })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(sub)
        .setExpirationTime('2h')
        .sign(key),
    async look() {
      const answer = once(child, 'message');
      child.send('look');
      const [look] = (await Promise.race([answer, ended.then(() => [undefined])])) as [Look | undefined];
      if (look === undefined) throw new Error(`the server ended: ${complaints.join('\n')}`);
      return look;
    },
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** Also reads the log to its end. */
function addressOf(child: ChildProcess, complaints: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stderr! })
      .on('line', (line) => {
        const entry = entryIn(line);
        if (entry?.msg === 'listening' && entry.address !== undefined) resolve(entry.address);
        const isComplaint = entry === undefined || entry.level >= ERROR;
        if (isComplaint && complaints.length < MOST_COMPLAINTS) complaints.push(line);
      })
      .on('close', () => {
        reject(new Error(`the server ended before it listened: ${complaints.join('\n')}`));
      });
  });
}

interface Entry {
  readonly level: number;
  readonly msg?: string;
  readonly address?: string;
}

function entryIn(line: string): Entry | undefined {
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return undefined;
  }
}
