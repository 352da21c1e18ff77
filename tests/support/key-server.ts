import { once } from 'node:events';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';

/** Publishes JSON documents over HTTP, as an issuer of tokens does. */
export interface KeyServer {
  readonly url: string;
  /** By path. A path without a document is answered with 404. */
  readonly answers: Map<string, object | undefined>;
  /** The paths of the requests. */
  readonly asked: string[];
  readonly close: () => Promise<void>;
}

export async function keyServer(): Promise<KeyServer> {
  const answers: KeyServer['answers'] = new Map();
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const document = answers.get(url);
    response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document ?? {}));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers,
    asked,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
