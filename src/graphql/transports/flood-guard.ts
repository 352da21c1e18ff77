import { CloseCode } from 'graphql-ws';
import { WebSocket } from 'ws';
import { ConnectionLimits } from '../../http/connection-limits';
import { TokenBucket } from '../../kernel/token-bucket';
import { Connection } from './websocket-connection';

const TOO_BIG = 1009;
/** graphql-ws has it for too many `connection_init`. Its clients do not connect again after it. */
const TOO_MANY: number = CloseCode.TooManyInitialisationRequests;

export interface FloodLimits extends Pick<ConnectionLimits, 'initBytes' | 'initMessages' | 'closeMs'> {
  readonly messagesPerSecond: number;
  /** Whether the connection has a valid token. */
  readonly isAccepted: () => boolean;
}

/**
 * Closes a WebSocket that sends too much: until its token is accepted, more bytes or messages than that needs; later, too many
 * messages in a second. Pings and pongs count as messages, and a fragment counts by its bytes.
 */
export function guardAgainstFloods({ socket, request }: Connection, limits: FloodLimits): void {
  const rate = new TokenBucket(limits.messagesPerSecond, 2 * limits.messagesPerSecond);
  let bytes = 0;
  let messages = 0;
  const refuse = (code: number, reason: string): void => {
    if (socket.readyState !== socket.OPEN) return;
    socket.close(code, reason);
    // What it sends now is not read any more: a client that floods would not notice the close otherwise.
    socket.pause();
    const late = setTimeout(() => {
      socket.terminate();
    }, limits.closeMs);
    socket.once('close', () => {
      clearTimeout(late);
    });
  };
  const onBytes = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (limits.isAccepted()) request.socket.off('data', onBytes);
    else if (bytes > limits.initBytes) refuse(TOO_BIG, 'Too many bytes before the token was accepted');
  };
  const onMessage = (): void => {
    messages++;
    if (!limits.isAccepted() && messages > limits.initMessages)
      refuse(TOO_MANY, 'Too many messages before the token was accepted');
    else if (!rate.take()) refuse(TOO_MANY, 'Too many messages in a second');
  };
  // Before ws reads them.
  request.socket.prependListener('data', onBytes);
  socket.on('ping', onMessage).on('pong', onMessage).on('message', onMessage);
}

/** Pings the client. Closes the connection of one that has not answered by the next ping. */
export function pingRegularly(socket: WebSocket, everyMs: number): void {
  let hasAnswered = true;
  socket.on('pong', () => {
    hasAnswered = true;
  });
  const timer = setInterval(() => {
    if (!hasAnswered) socket.terminate();
    else if (socket.readyState === socket.OPEN) socket.ping();
    hasAnswered = false;
  }, everyMs);
  socket.once('close', () => {
    clearInterval(timer);
  });
}
