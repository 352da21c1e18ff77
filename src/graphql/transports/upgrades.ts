import { IncomingMessage, STATUS_CODES } from 'node:http';
import { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { isAllowedOrigin, Origins } from '../../http/cors';
import { entrance } from '../../http/entrance';
import { admitAddress, RateLimiting } from '../../http/rate-limiting';
import { HttpRefusal } from '../../http/refusal';
import { andThen } from '../../kernel/async';

export interface UpgradeTerms {
  readonly path: string;
  /** The origins whose pages may connect. */
  readonly origins: Origins;
  /** undefined: there is no rate limit. */
  readonly limiting: RateLimiting | undefined;
}

/** Answers requests for a WebSocket, and opens those that are let in. */
export const upgradeTo =
  (sockets: WebSocketServer, terms: UpgradeTerms) =>
  (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const open = (): void => {
      sockets.handleUpgrade(request, socket, head, (connection) => sockets.emit('connection', connection, request));
    };
    // Many may connect in one turn. A client may be gone before it is let in.
    const letIn = (): void => {
      socket.on('error', () => undefined);
      void andThen(entrance.enter(terms.limiting?.addressOf(request) ?? request.socket.remoteAddress ?? ''), open);
    };
    const refuse = (error: unknown): void => {
      if (!(error instanceof HttpRefusal)) throw error;
      answer(socket, error);
    };
    if (request.url?.split('?')[0] !== terms.path)
      refuse(new HttpRefusal('NOT_FOUND', 'There is nothing at this path'));
    else if (!isAllowedOrigin(terms.origins, request.headers.origin, request.headers.host))
      refuse(new HttpRefusal('FORBIDDEN', 'Pages of this origin may not connect'));
    else if (terms.limiting === undefined) letIn();
    else admitAddress(terms.limiting, request).then(letIn, refuse);
  };

function answer(socket: Duplex, { status, headers }: HttpRefusal): void {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const start = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}`;
  // The client may be gone before it reads the answer.
  socket.on('error', () => undefined);
  socket.end(`${start}connection: close\r\ncontent-length: 0\r\n\r\n`, () => {
    socket.destroy();
  });
}
