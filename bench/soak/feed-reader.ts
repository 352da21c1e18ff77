import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { Client } from './client';
import { Tally } from './tally';

const QUERY = `subscription($after: Position) { changes(after: $after) {
  __typename
  ... on Change { position sequence }
  ... on FeedMark { kind position }
} }`;

/** Where a reader is: after this change of the log. */
export interface LogPlace {
  readonly position: string;
  readonly sequence: number;
}

interface Change {
  readonly __typename: 'Change';
  readonly position: string;
  readonly sequence: string;
}

type Item = Change | { readonly __typename: 'FeedMark'; readonly kind: string };

/** How one connection delivers the feed after a position. Resolves at the signal, or if the server ends the feed. */
type Transport = (client: Client, after: string, take: (item: Item) => void, signal: AbortSignal) => Promise<void>;

export interface FeedReaderOptions {
  readonly client: Client;
  readonly transport: 'websocket' | 'sse';
  readonly start: LogPlace;
  /** A reader reconnects after about this long. */
  readonly reconnectMs: number;
  readonly tally: Tally;
}

/** Reads the feed over many connections, one after the other, and requires each change exactly once. */
export class FeedReader {
  private place: LogPlace;

  constructor(private readonly options: FeedReaderOptions) {
    this.place = options.start;
  }

  get position(): bigint {
    return BigInt(this.place.position);
  }

  async run(signal: AbortSignal): Promise<void> {
    // A function call, so that TypeScript does not narrow `aborted` to false.
    const isOver = (): boolean => signal.aborted;
    while (!isOver()) {
      try {
        await this.connect(signal);
        if (!isOver()) this.options.tally.count('reconnect');
      } catch (error) {
        this.options.tally.unexpected(`feed over ${this.options.transport}`, error);
        await pause(1_000);
      }
    }
  }

  /** One connection. */
  private async connect(signal: AbortSignal): Promise<void> {
    const { client, transport, reconnectMs, tally } = this.options;
    // Not AbortSignal.any of a timeout: Node may collect it as garbage before it fires.
    const leaving = new AbortController();
    const leave = (): void => {
      leaving.abort();
    };
    signal.addEventListener('abort', leave);
    const timer = setTimeout(leave, reconnectMs * (0.5 + Math.random()));
    const marks = new Set<string>();
    const take = (item: Item): void => {
      if (item.__typename === 'Change') this.take(item);
      else marks.add(item.kind);
    };
    try {
      await TRANSPORTS[transport](client, this.place.position, take, leaving.signal);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
    }
    // The server has ended the connection, because this process was too slow for it.
    if (marks.has('LAGGED')) tally.count('lagged');
    else if (!leaving.signal.aborted) throw new Error('the server ended the feed');
  }

  private take(change: Change): void {
    const { tally } = this.options;
    const sequence = Number(change.sequence);
    if (sequence !== this.place.sequence + 1) {
      tally.unexpected('feed', `change ${sequence} came after change ${this.place.sequence}`);
    }
    this.place = { position: change.position, sequence };
    tally.count('change delivered');
  }
}

const TRANSPORTS: Readonly<Record<FeedReaderOptions['transport'], Transport>> = {
  websocket: ({ address, token }, after, take, signal) =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`${address.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
      const leave = (): void => {
        socket.close(1_000);
      };
      signal.addEventListener('abort', leave);
      socket.on('open', () => {
        socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
      });
      socket.on('message', (data: Buffer) => {
        const { type, payload } = JSON.parse(data.toString()) as { readonly type: string; readonly payload?: any };
        if (type === 'connection_ack') {
          socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: QUERY, variables: { after } } }));
        } else if (type === 'next') {
          // What arrives after the reader has left is read again on its next connection.
          if (!signal.aborted) take(payload.data.changes as Item);
        } else if (type === 'complete') {
          socket.close(1_000);
          resolve();
        } else if (type === 'error') reject(new Error(JSON.stringify(payload)));
      });
      socket.on('error', (error) => {
        if (!signal.aborted) reject(error);
      });
      socket.on('close', (code, reason) => {
        signal.removeEventListener('abort', leave);
        if (signal.aborted) resolve();
        else reject(new Error(`the server closed the socket: ${code} ${reason.toString()}`));
      });
    }),

  async sse({ address, token }, after, take, signal) {
    try {
      const response = await fetch(`${address}/graphql/stream`, {
        method: 'POST',
        headers: {
          ...{ 'content-type': 'application/json', accept: 'text/event-stream' },
          authorization: `Bearer ${token}`,
        },
        body: JSON.stringify({ query: QUERY, variables: { after } }),
        signal,
      });
      if (response.status !== 200) throw new Error(`status ${response.status}`);
      const decoder = new TextDecoder();
      let rest = '';
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        const lines = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n');
        rest = lines.pop()!;
        for (const line of lines) {
          if (!line.startsWith('data: {')) continue;
          const { data, errors } = JSON.parse(line.slice('data: '.length)) as {
            readonly data?: any;
            readonly errors?: any;
          };
          if (errors !== undefined) throw new Error(JSON.stringify(errors));
          take(data.changes as Item);
        }
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  },
};
