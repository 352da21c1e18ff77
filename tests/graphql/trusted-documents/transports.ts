import { createClient as createSseClient } from 'graphql-sse';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { TestApi } from '../../support/api';

export interface NamedRequest {
  readonly query?: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  readonly documentId?: string;
  readonly extensions?: Record<string, unknown>;
}

export interface NamedAnswer {
  readonly data?: any;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Record<string, any> }[];
}

type Send = (api: TestApi, request: NamedRequest) => Promise<NamedAnswer>;

const headersOf = async (api: TestApi) => ({ authorization: `Bearer ${await api.token()}` });

const post = async (api: TestApi, path: string, request: NamedRequest): Promise<Response> =>
  fetch(api.url + path, {
    method: 'POST',
    headers: { ...(await headersOf(api)), 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });

const get = async (api: TestApi, path: string, request: NamedRequest): Promise<Response> => {
  const parameters = Object.entries(request).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return fetch(`${api.url}${path}?${new URLSearchParams(parameters).toString()}`, { headers: await headersOf(api) });
};

const fromJson = async (response: Response): Promise<NamedAnswer> => (await response.json()) as NamedAnswer;

/** A refusal for the form of a request is JSON. */
const fromEvents = async (response: Response): Promise<NamedAnswer> => {
  const text = await response.text();
  return JSON.parse(/^data: (.+)$/m.exec(text)?.[1] ?? text) as NamedAnswer;
};

/** Sends the message as it is: the official client would add an empty `query`. */
const overWebSocket: Send = async (api, request) => {
  const socket = new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  try {
    return await new Promise<NamedAnswer>((resolve, reject) => {
      const send = (message: object): void => {
        socket.send(JSON.stringify(message));
      };
      socket.on('open', () => {
        void headersOf(api).then((payload) => {
          send({ type: 'connection_init', payload });
        });
      });
      socket.on('close', (code, reason) => {
        reject(new Error(`closed with ${code} ${reason.toString()}`));
      });
      socket.on('message', (data: Buffer) => {
        const { type, payload } = JSON.parse(data.toString()) as { type: string; payload: any };
        if (type === 'connection_ack') send({ id: '1', type: 'subscribe', payload: request });
        if (type === 'next') resolve(payload as NamedAnswer);
        if (type === 'error') resolve({ errors: payload });
      });
    });
  } finally {
    socket.close();
  }
};

/** Every way to send a request for one operation. */
export const WAYS: Readonly<Record<string, Send>> = {
  POST: async (api, request) => fromJson(await post(api, '/graphql', request)),
  GET: async (api, request) => fromJson(await get(api, '/graphql', request)),
  'SSE by POST': async (api, request) => fromEvents(await post(api, '/graphql/stream', request)),
  'SSE by GET': async (api, request) => fromEvents(await get(api, '/graphql/stream', request)),
  WebSocket: overWebSocket,
};

/** The first item that the official clients get. */
export async function firstItem(api: TestApi, over: 'WebSocket' | 'SSE', request: NamedRequest): Promise<NamedAnswer> {
  const headers = await headersOf(api);
  const payload = { query: '', ...request };
  if (over === 'SSE') {
    const client = createSseClient({ url: `${api.url}/graphql/stream`, headers, retryAttempts: 0 });
    for await (const item of client.iterate(payload)) return item;
  } else {
    const client = createClient({
      url: `${api.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: headers,
      retryAttempts: 0,
    });
    for await (const item of client.iterate(payload)) return item;
  }
  throw new Error('There was no item');
}
