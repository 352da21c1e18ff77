import { ServerResponse, STATUS_CODES } from 'node:http';
import { Socket } from 'node:net';
import { NO_STORE } from './caching';
import { ConnectionLimits } from './connection-limits';
import { endThenDestroy } from './lingering-close';
import { StatusName, STATUSES } from './statuses';

/** By Node's codes. */
const REFUSALS: Partial<Record<string, StatusName>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
};

/**
 * Answers a request that Node cannot parse as HTTP, such as an address with non-ASCII bytes, in the format of the API's errors.
 */
export const answerUnreadable =
  ({ lingerMs }: Pick<ConnectionLimits, 'lingerMs'>) =>
  (error: Error & { readonly code?: string }, socket: Socket): void => {
    // What follows a request that was refused.
    if (socket.writableEnded) return;
    if (error.code === 'ECONNRESET' || !socket.writable || isBeingAnswered(socket)) {
      socket.destroy();
      return;
    }
    const { other: status, code } = STATUSES[REFUSALS[error.code ?? ''] ?? 'BAD_USER_INPUT'];
    const body = JSON.stringify({
      errors: [{ message: `The request is not readable as HTTP (${error.message})`, extensions: { code } }],
    });
    socket.write(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/json; charset=utf-8\r\ncache-control: ${NO_STORE}\r\n` +
        `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    );
    endThenDestroy(socket, lingerMs);
  };

/** Whether part of an answer is already on its way. */
function isBeingAnswered(socket: Socket): boolean {
  // Node's own handler of these errors looks there, too.
  const { _httpMessage: answer } = socket as { readonly _httpMessage?: ServerResponse | null };
  return answer?.headersSent ?? false;
}
