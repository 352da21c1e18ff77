import { DEFAULT_CONNECTION_LIMITS } from '../../http/connection-limits';
import { integer } from './parsers';
import { setting } from './setting';

/** How many connections there may be, and how long they may take. */
export const CONNECTION_SETTINGS = {
  maxConnections: setting('MAX_CONNECTIONS', {
    parser: integer(1, 1_000_000),
    default: String(DEFAULT_CONNECTION_LIMITS.maxConnections),
    meaning:
      'how many connections one process has at the same time, WebSockets included. It closes further ones at once',
  }),
  headersMs: setting('HEADERS_TIMEOUT_MS', {
    parser: integer(100, 600_000),
    default: String(DEFAULT_CONNECTION_LIMITS.headersMs),
    meaning:
      'how long a client may take to send the headers of a request, in milliseconds. After that it is answered with 408',
  }),
  requestMs: setting('REQUEST_TIMEOUT_MS', {
    parser: integer(100, 600_000),
    default: String(DEFAULT_CONNECTION_LIMITS.requestMs),
    meaning: 'how long it may take to send all of a request, in milliseconds; at least `HEADERS_TIMEOUT_MS`',
  }),
  keepAliveMs: setting('KEEP_ALIVE_TIMEOUT_MS', {
    parser: integer(100, 600_000),
    default: String(DEFAULT_CONNECTION_LIMITS.keepAliveMs),
    meaning:
      'how long a connection may wait for its next request, in milliseconds. It should be longer than that of a proxy in front',
  }),
};
