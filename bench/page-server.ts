import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../tests/support/temporary-folder';

/** A server with the built page, in a process of its own. */
export interface RunningServer {
  readonly address: string;
  readonly stop: () => void;
}

/** A server of the demo. */
export interface PageServer extends RunningServer {
  /** The token of a person of the demo. */
  readonly token: (person: string) => string;
}

const MAIN = path.join(process.cwd(), 'dist/main.js');

export async function startDemoServer(): Promise<PageServer> {
  const folder = temporaryFolder();
  const { address, stop } = await startBuiltServer({ DEMO: '1', DATA_DIR: folder.path });
  const file = readFileSync(path.join(folder.path, 'demo-tokens.json'), 'utf8');
  const tokens = JSON.parse(file) as Readonly<Record<string, { readonly token: string }>>;
  return {
    address,
    token: (person) => tokens[person]!.token,
    stop: () => {
      stop();
      folder.remove();
    },
  };
}

/** The server of `npm run build`: that of a benchmark has no page. */
export async function startBuiltServer(environment: Readonly<Record<string, string>>): Promise<RunningServer> {
  const child = spawn(process.execPath, ['--max-semi-space-size=64', MAIN], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', PORT: '0', LOG_LEVEL: 'info', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = (): void => void child.kill();
  process.once('exit', stop);
  const ended = once(child, 'exit').then(() => {
    throw new Error('The server ended; run: npm run build');
  });
  const address = await Promise.race([addressIn([child.stdout, child.stderr]), ended]);
  return { address, stop };
}

/** The first address of this machine that the server names: in its log, or in the greeting of the demo. Reads all that it says. */
function addressIn(outputs: readonly NodeJS.ReadableStream[]): Promise<string> {
  return new Promise((resolve) => {
    for (const output of outputs) {
      let text = '';
      output.on('data', (chunk) => {
        text = `${text.slice(-LONGEST_ADDRESS)}${String(chunk)}`;
        const [address] = /http:\/\/127\.0\.0\.1:\d+(?=[/"])/.exec(text) ?? [];
        if (address !== undefined) resolve(address);
      });
    }
  });
}

const LONGEST_ADDRESS = 100;
