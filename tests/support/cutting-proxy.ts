import { once } from 'node:events';
import { AddressInfo, connect, createServer, Socket } from 'node:net';

export interface CuttingProxy {
  readonly url: string;
  /** The target port on 127.0.0.1. */
  target(port: number): void;
  stop(): Promise<void>;
}

/**
 * A proxy that cuts connections, in both directions and without a closing message, after so many bytes of the server: `cuts` gives the
 * number for each connection, and undefined for one that stays.
 */
export async function startCuttingProxy(cuts: () => number | undefined): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let targetPort = 0;
  const server = createServer((client) => {
    const upstream = connect(targetPort, '127.0.0.1');
    const cut = (): void => {
      client.resetAndDestroy();
      upstream.destroy();
    };
    let left = cuts() ?? Number.POSITIVE_INFINITY;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      // The other end has disconnected as well.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
    client.on('data', (chunk) => upstream.write(chunk));
    upstream.on('data', (chunk) => {
      client.write(chunk.subarray(0, Math.min(chunk.length, left)));
      left -= chunk.length;
      // What was written arrives first.
      if (left <= 0) setImmediate(cut);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target: (port) => {
      targetPort = port;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
