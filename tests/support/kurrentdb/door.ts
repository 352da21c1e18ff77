import { once } from 'node:events';
import { AddressInfo, createServer, Socket } from 'node:net';
import { Server, ServerCredentials } from '@grpc/grpc-js';

/** A port, and the connections that came through it. */
export interface Door {
  readonly port: number;
  /** Closes the connections. Clients may connect again. */
  drop(): void;
  /** Closes both at once. */
  close(): void;
}

/**
 * Listens only on this machine. Like a real server, it sends small answers without a delay, which gRPC's own listener does not.
 */
export async function openDoor(server: Server, port: number): Promise<Door> {
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  const connections = new Set<Socket>();
  const listener = createServer({ noDelay: true }, (connection) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
    injector.injectConnection(connection);
  });
  listener.listen(port, '127.0.0.1');
  await once(listener, 'listening');
  const drop = (): void => {
    for (const connection of connections) connection.destroy();
  };
  return {
    port: (listener.address() as AddressInfo).port,
    drop,
    close() {
      listener.close();
      drop();
      injector.destroy();
      server.forceShutdown();
    },
  };
}
