import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { endWithThisProcess } from '../engines';

/**
 * The yardstick: what the same attacks do to a server of Node alone, in a process of its own. It reads each body, parses it, and
 * answers `{}`.
 */

export interface BareNode {
  /** `http://127.0.0.1:…` */
  readonly address: string;
  stop(): void;
}

export async function startBareNode(): Promise<BareNode> {
  const child = fork(__filename, { stdio: 'ignore', execArgv: [...process.execArgv, '--max-semi-space-size=64'] });
  const forget = endWithThisProcess(child.pid!);
  const [port] = (await once(child, 'message')) as [number];
  return {
    address: `http://127.0.0.1:${port}`,
    stop() {
      forget();
      child.kill();
    },
  };
}

if (require.main === module) {
  const server = createServer((request, response) => {
    void text(request)
      .then(JSON.parse)
      .catch(() => undefined)
      .then(() => response.end('{}'));
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}
