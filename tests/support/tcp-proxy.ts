import { once } from 'node:events';
import { AddressInfo, connect, createServer, Socket } from 'node:net';

export interface TcpProxy {
  /** The port of the proxy. */
  readonly url: string;
  /** The target port on 127.0.0.1. */
  target(port: number): void;
  /** Delays everything from now on by this time. */
  delay(milliseconds: number): void;
  /** Holds everything back. */
  hold(): void;
  /** Passes on what was held back, and goes on. */
  letGo(): void;
  stop(): Promise<void>;
}

/** A proxy between a client and a server that can be slow. Keeps the order within a connection. */
export async function startTcpProxy(): Promise<TcpProxy> {
  const pipes = new Set<Pipe>();
  const sockets = new Set<Socket>();
  let targetPort = 0;
  let latency = 0;
  let held = false;

  function join(from: Socket, to: Socket): void {
    const pipe = new Pipe(to, () => ({ latency, held }));
    pipes.add(pipe);
    sockets.add(from);
    from.on('data', (chunk) => {
      pipe.take(chunk);
    });
    // The other end has disconnected as well.
    from.on('error', () => undefined);
    from.on('close', () => {
      sockets.delete(from);
      pipes.delete(pipe);
      to.destroy();
    });
  }

  const server = createServer((client) => {
    const upstream = connect(targetPort, '127.0.0.1');
    join(client, upstream);
    join(upstream, client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target: (port) => {
      targetPort = port;
    },
    delay: (milliseconds) => {
      latency = milliseconds;
    },
    hold: () => {
      held = true;
    },
    letGo: () => {
      held = false;
      for (const pipe of pipes) pipe.passOn();
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** One direction of a connection. */
class Pipe {
  private readonly waiting: { readonly chunk: Buffer; readonly due: number }[] = [];

  constructor(
    private readonly to: Socket,
    private readonly conduct: () => { readonly latency: number; readonly held: boolean },
  ) {}

  take(chunk: Buffer): void {
    const { latency } = this.conduct();
    this.waiting.push({ chunk, due: performance.now() + latency });
    if (latency === 0) this.passOn();
    else
      setTimeout(() => {
        this.passOn();
      }, latency + 1);
  }

  passOn(): void {
    const { held } = this.conduct();
    while (!held && this.waiting[0] && this.waiting[0].due <= performance.now())
      this.to.write(this.waiting.shift()!.chunk);
  }
}
