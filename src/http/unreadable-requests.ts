import { STATUS_CODES } from 'node:http';
import { Socket } from 'node:net';
import { StatusName, STATUSES } from './statuses';

/** By Node's codes. */
const REFUSALS: Partial<Record<string, StatusName>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
};

/**
 * Answers a request that Node cannot parse as HTTP, such as an address with non-ASCII bytes, in the format of the API's errors.
 */
export function answerUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy(error);
    return;
  }
  const { other: status, code } = STATUSES[REFUSALS[error.code ?? ''] ?? 'BAD_USER_INPUT'];
  const body = JSON.stringify({
    errors: [{ message: `The request is not readable as HTTP (${error.message})`, extensions: { code } }],
  });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
