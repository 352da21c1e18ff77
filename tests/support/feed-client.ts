import { once } from 'node:events';
import { ClientRequest, IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import WebSocket from 'ws';
import { Bell } from '../../src/kernel/async';

export const TRANSPORTS = ['WebSocket', 'SSE'] as const;
export type Transport = (typeof TRANSPORTS)[number];

export const FEED = `subscription($after: Position, $filter: ChangeFilter) {
  changes(after: $after, filter: $filter) {
    ... on Change { position sequence entity }
    ... on FeedMark { kind position }
  }
}`;

export interface FeedRequest {
  readonly query?: string;
  readonly variables?: Record<string, unknown>;
}

/** The official client of a transport, over connections that a test can pause and cut. */
export interface FeedClient {
  /** Results as they arrive. Throws if the connection is refused or breaks. */
  ask(request?: FeedRequest): AsyncIterableIterator<any>;
  /** Stops reading from its connections. */
  pause(): void;
  resume(): void;
  /** Disconnects without a closing message. */
  vanish(): void;
  dispose(): void;
}

export interface FeedClientOptions {
  readonly url: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const feedClient = (transport: Transport, options: FeedClientOptions): FeedClient =>
  transport === 'WebSocket' ? overWebSocket(options) : overSse(options);

const asked = ({ query = FEED, variables }: FeedRequest = {}) => ({ query, variables });

function overWebSocket({ url, token }: FeedClientOptions): FeedClient {
  const sockets: WebSocket[] = [];
  class Tapped extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols);
      sockets.push(this);
    }
  }
  const client = createWsClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: Tapped,
    connectionParams: token === undefined ? {} : { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  });
  return {
    ask: (asking) => client.iterate(asked(asking)),
    pause: () => {
      for (const socket of sockets) socket.pause();
    },
    resume: () => {
      for (const socket of sockets) socket.resume();
    },
    vanish: () => {
      for (const socket of sockets) socket.terminate();
    },
    dispose: () => void client.dispose(),
  };
}

function overSse({ url, token, headers = {} }: FeedClientOptions): FeedClient {
  let isHeld = false;
  const changed = new Bell();
  const requests: ClientRequest[] = [];
  const client = createSseClient({
    url: `${url}/graphql/stream`,
    headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    retryAttempts: 0,
    fetchFn: async (input: string, init: RequestInit & { headers: Record<string, string>; body: string }) => {
      // Over a separate connection: a connection that fetch keeps open would delay the server's stop.
      const outgoing = request(input, { method: 'POST', headers: init.headers, agent: false });
      requests.push(outgoing);
      init.signal?.addEventListener('abort', () => outgoing.destroy());
      outgoing.end(init.body);
      const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
      // The error of the cut connection reaches its reader.
      outgoing.on('error', () => undefined);
      return new Response(held(Readable.toWeb(incoming) as ReadableStream<Uint8Array>), {
        status: incoming.statusCode,
        headers: { 'content-type': incoming.headers['content-type'] ?? '' },
      });
    },
  });

  /** Results that are not requested stay in the socket. */
  function held(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    const reader = body.getReader();
    return new ReadableStream(
      {
        async pull(controller) {
          while (isHeld) await changed.wait();
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        },
        cancel: (reason) => reader.cancel(reason),
      },
      { highWaterMark: 0 },
    );
  }

  return {
    ask: (asking) => client.iterate(asked(asking)),
    pause: () => {
      isHeld = true;
    },
    resume: () => {
      isHeld = false;
      changed.ring();
    },
    vanish: () => {
      for (const outgoing of requests) outgoing.destroy();
    },
    dispose: () => {
      client.dispose();
    },
  };
}

export interface Item {
  readonly kind?: 'CAUGHT_UP' | 'PROGRESS' | 'LAGGED';
  readonly position: string;
  readonly sequence?: string;
  readonly entity?: string;
}

/** Items until there are enough, or until the feed ends. Errors fail the test. */
export async function read(
  results: AsyncIterable<any>,
  isEnough: (items: readonly Item[]) => boolean = () => false,
  onItem: (item: Item) => void = () => undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const { data, errors } of results) {
    if (errors) throw new Error(JSON.stringify(errors));
    items.push(data.changes);
    onItem(data.changes);
    if (isEnough(items)) break;
  }
  return items;
}

export const isCaughtUp = (items: readonly Item[]): boolean => items.at(-1)?.kind === 'CAUGHT_UP';
export const sequencesOf = (items: readonly Item[]): number[] =>
  items.flatMap(({ sequence }) => (sequence === undefined ? [] : [Number(sequence)]));
export const marksOf = (items: readonly Item[]): string[] => items.flatMap(({ kind }) => kind ?? []);

/** The first result. */
export async function first(results: AsyncIterable<any>): Promise<any> {
  for await (const result of results) return result;
  throw new Error('There was no result');
}
