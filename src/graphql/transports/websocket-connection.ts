import { Buffer } from 'node:buffer';
import { IncomingMessage } from 'node:http';
import { CloseCode, MessageType, parseMessage, Server } from 'graphql-ws';
import { WebSocket } from 'ws';
import { entrance } from '../../http/entrance';
import { hasMoreContainers, MOST_CONTAINERS, TOO_MANY_CONTAINERS } from '../../http/json-containers';
import { FaultLog } from '../../http/problem';
import { andThen } from '../../kernel/async';
import { withQuery } from './document-messages';

export interface Connection {
  readonly socket: WebSocket;
  /** Its HTTP request, which knows the bare socket. */
  readonly request: IncomingMessage;
}

const UNSUPPORTED_DATA = 1003;
const PONG = JSON.stringify({ type: 'pong' });
/** With more on their way to the client, a ping is not answered. */
const MAX_WAITING_BYTES = 65_536;
/** A close frame has room for 125 bytes, of which the code takes two. */
const MAX_REASON_BYTES = 123;

/**
 * Hands the messages of a WebSocket to the library, and its answers to the WebSocket. The library's own adapter for ws would print a
 * stack trace whenever a client resets its connection.
 */
export function connect<C extends Connection>(
  library: Server<C>,
  connection: C,
  log: FaultLog,
  /** The principal, once it is known. */
  ownerOf: () => string,
): void {
  const { socket } = connection;
  // ws closes a connection that sends a malformed message or one that is too long, and the close code says why.
  socket.on('error', () => undefined);
  const closed = library.opened(
    {
      protocol: socket.protocol,
      send: (text) => sent(socket, text),
      close: (code, reason) => {
        socket.close(code, fitting(reason ?? ''));
      },
      // The library would repeat the payload of a ping.
      onPing: () => (socket.bufferedAmount > MAX_WAITING_BYTES ? undefined : sent(socket, PONG)),
      onMessage: (receive) => {
        socket.on('message', (data, isBinary) => {
          // It may still arrive after the connection was refused.
          if (socket.readyState !== socket.OPEN) return;
          // ws has checked that text frames are UTF-8. The library would decode binary frames too, without a check.
          if (isBinary) socket.close(UNSUPPORTED_DATA, 'Messages are text frames');
          else if (hasMoreContainers(data as Buffer, MOST_CONTAINERS))
            socket.close(CloseCode.BadRequest, `A message ${TOO_MANY_CONTAINERS}`);
          // Messages arrive together, as requests do.
          else
            void andThen(entrance.enter(ownerOf(), (data as Buffer).length), () => {
              if (socket.readyState === socket.OPEN) take((withQuery(data) as Buffer).toString(), receive);
            });
        });
      },
    },
    connection,
  );
  socket.once('close', (code, reason) => {
    closed(code, String(reason)).catch(failed);
  });

  function take(text: string, receive: (text: string) => Promise<void>): void {
    receive(text).catch((error: unknown) => {
      if (isOfServer(text)) socket.close(CloseCode.BadRequest, 'Invalid message received');
      else failed(error);
    });
  }

  function failed(error: unknown): void {
    log.error({ err: error }, 'a WebSocket message failed');
    socket.close(CloseCode.InternalServerError, 'Internal server error');
  }
}

const OF_SERVERS: readonly string[] = [MessageType.ConnectionAck, MessageType.Next, MessageType.Error];

/** Whether only servers send such a message. The library takes it for valid, and throws. */
const isOfServer = (text: string): boolean => OF_SERVERS.includes(parseMessage(text).type);

/** Resolves also if the client is gone: the library learns that from the close. */
const sent = (socket: WebSocket, text: string): Promise<void> =>
  socket.readyState !== socket.OPEN
    ? Promise.resolve()
    : new Promise((resolve) => {
        socket.send(text, () => {
          resolve();
        });
      });

/** The library repeats the id of an operation. */
function fitting(reason: string): string {
  if (Buffer.byteLength(reason) <= MAX_REASON_BYTES) return reason;
  return `${Buffer.from(reason)
    .subarray(0, 100)
    .toString()
    .replace(/\ufffd+$/, '')}…`;
}
