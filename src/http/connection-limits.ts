/** What a connection may hold of a node, whoever its client is. No client needs to come near them, so `Limits` does not report them. */
export interface ConnectionLimits {
  /** Connections at the same time, WebSockets too. Node closes further ones without an answer. */
  readonly maxConnections: number;
  /** Requests of one connection that wait for the answers before theirs. A connection with more is closed. */
  readonly maxPipelined: number;
  /** How long a request may take to send its headers. */
  readonly headersMs: number;
  /** How long a request may take to send all of it. */
  readonly requestMs: number;
  /** How long a connection may wait for its next request. */
  readonly keepAliveMs: number;
  /** How long a connection may be silent while a request is answered or its answer is sent. */
  readonly silentMs: number;
  /** How long a client may take to receive an answer that has been written. */
  readonly answerMs: number;
  /** How often Node looks for requests that have taken too long. */
  readonly checkMs: number;
  /** What is still read of a request that was answered before it was all sent, so that its client reads the answer. */
  readonly lingerBytes: number;
  /** How long it is read. */
  readonly lingerMs: number;
  /** How long a WebSocket may take to name its token by `connection_init`. */
  readonly initMs: number;
  /** Bytes and messages of a WebSocket before its token is accepted. */
  readonly initBytes: number;
  readonly initMessages: number;
  /** How often a WebSocket is pinged. One that has not answered by the next ping is closed. */
  readonly pingMs: number;
  /** How long a WebSocket that is being closed may take to say so. */
  readonly closeMs: number;
}

export const DEFAULT_CONNECTION_LIMITS: ConnectionLimits = {
  maxConnections: 10_000,
  maxPipelined: 64,
  headersMs: 10_000,
  requestMs: 30_000,
  keepAliveMs: 72_000,
  silentMs: 120_000,
  answerMs: 120_000,
  checkMs: 1_000,
  lingerBytes: 8 * 1_048_576,
  lingerMs: 2_000,
  initMs: 3_000,
  initBytes: 16_384,
  initMessages: 10,
  pingMs: 12_000,
  closeMs: 2_000,
};
