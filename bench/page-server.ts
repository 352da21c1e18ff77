import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A demo server with the built page, in a process of its own. */
export interface PageServer {
  readonly address: string;
  /** The token of a person of the demo. */
  readonly token: (person: string) => string;
  readonly stop: () => void;
}

const MAIN = path.join(process.cwd(), 'dist/main.js');

export async function startPageServer(): Promise<PageServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'mingjian-page-'));
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, DEMO: '1', PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = (): void => {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', stop);
  const ended = once(child, 'exit').then(() => {
    throw new Error('The server ended; run: npm run build');
  });
  const address = await Promise.race([addressIn(child.stdout), ended]);
  const file = readFileSync(path.join(folder, 'demo-tokens.json'), 'utf8');
  const tokens = JSON.parse(file) as Readonly<Record<string, { readonly token: string }>>;
  return { address, stop, token: (person) => tokens[person]!.token };
}

/** The address that the greeting of the demo says. */
async function addressIn(output: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of output) {
    text += String(chunk);
    const [address] = /http:\/\/127\.0\.0\.1:\d+(?=\/)/.exec(text) ?? [];
    if (address === undefined) continue;
    // A pipe that nobody reads stops the server when it is full.
    output.resume();
    return address;
  }
  throw new Error('The server said no address');
}
