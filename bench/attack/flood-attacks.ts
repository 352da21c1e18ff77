import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { ask, Client } from '../soak/client';
import type { Attack } from './attacks';

/** Attacks by number: many connections, frames, subscriptions, streams or exports at once. */

/** How long hundreds of connections may take. */
const MANY_MS = 8_000;
const LIVE = JSON.stringify({
  id: '1',
  type: 'subscribe',
  payload: { query: 'subscription { changes { __typename } }' },
});

export const floods: readonly Attack[] = [
  {
    name: '200 requests with a wrong token',
    expected: /^401 UNAUTHENTICATED$/,
    run: async (client) => {
      const answers = await Promise.all(
        Array.from({ length: 200 }, () => ask({ ...client, token: 'wrong' }, { query: '{ ledger { demo } }' })),
      );
      return mostFrequent(answers.map(({ status, codes }) => `${status} ${codes[0] ?? ''}`));
    },
  },
  {
    name: '300 sockets that say nothing',
    expected: /./,
    run: async (client) =>
      mostFrequent(await Promise.all(Array.from({ length: 300 }, () => socketOutcome(client, () => undefined)))),
  },
  {
    name: '50,000 pings before connection_init',
    expected: /./,
    run: (client) =>
      socketOutcome(client, (socket) => {
        for (let sent = 0; sent < 50_000; sent++) socket.send('{"type":"ping"}');
      }),
  },
  {
    name: '20,000 frames that are not JSON',
    expected: /^closed 4400|^closed/,
    run: (client) =>
      socketOutcome(client, (socket) => {
        for (let sent = 0; sent < 20_000; sent++) socket.send('{');
      }),
  },
  {
    name: '1,000 operations on one socket',
    expected: /./,
    run: (client) =>
      socketOutcome(client, (socket) => {
        socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${client.token}` } }));
        socket.once('message', () => {
          for (let id = 0; id < 1_000; id++) {
            socket.send(
              JSON.stringify({ id: String(id), type: 'subscribe', payload: { query: '{ ledger { demo } }' } }),
            );
          }
        });
      }),
  },
  {
    name: '600 subscriptions by one principal',
    expected: /error|closed/,
    run: async (client) => {
      const outcomes = await Promise.all(
        Array.from({ length: 600 }, () =>
          socketOutcome(
            client,
            (socket, said) => {
              socket.send(
                JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${client.token}` } }),
              );
              socket.once('message', () => {
                socket.send(LIVE);
              });
              socket.on('message', (data: Buffer) => {
                if (data.includes('"type":"error"') || data.includes('"errors"')) said('error');
              });
            },
            MANY_MS,
          ),
        ),
      );
      return outcomes.find((outcome) => outcome !== 'open') ?? 'open';
    },
  },
  {
    name: '600 event streams by one principal',
    expected: /^(4|5)\d\d|error/,
    run: (client) => streams(client, '/graphql/stream'),
  },
  {
    name: '600 exports by one principal',
    expected: /^(429|503|600 open)/,
    run: (client) => streams(client, '/changes.ndjson'),
  },
];

/** What the server does with a socket within the patience: `open`, or the close code. */
function socketOutcome(
  { address }: Client,
  begin: (socket: WebSocket, said: (what: string) => void) => void,
  patienceMs = 2_000,
): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${address.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      handshakeTimeout: 10_000,
    });
    let heard: string | undefined;
    const end = (outcome: string): void => {
      clearTimeout(timer);
      socket.terminate();
      resolve(outcome);
    };
    const timer = setTimeout(() => {
      end(heard ?? 'open');
    }, patienceMs);
    socket.on('open', () => {
      begin(socket, (what) => (heard ??= what));
    });
    socket.on('close', (code) => {
      end(`closed ${code}`);
    });
    socket.on('error', (error) => {
      end(error.message);
    });
  });
}

/** An operation that is refused is answered with 200 and an event that has the errors. */
async function outcomeOf(response: Response): Promise<string> {
  if (response.status !== 200 || response.body === null) return String(response.status);
  let text = '';
  for await (const part of Readable.fromWeb(response.body as NodeReadableStream)) {
    text += String(part);
    if (text.includes('"errors"')) return 'error';
  }
  return '200';
}

async function streams({ address, token }: Client, path: string): Promise<string> {
  const leaving = new AbortController();
  const statuses: string[] = [];
  const opened = Array.from({ length: 600 }, async () => {
    try {
      const response = await fetch(`${address}${path}`, {
        ...(path === '/graphql/stream'
          ? { method: 'POST', body: JSON.stringify({ query: 'subscription { changes { __typename } }' }) }
          : {}),
        headers: {
          ...{
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
            accept: path === '/graphql/stream' ? 'text/event-stream' : '*/*',
          },
        },
        signal: leaving.signal,
      });
      statuses.push(path === '/graphql/stream' ? await outcomeOf(response) : String(response.status));
    } catch (error) {
      if (!leaving.signal.aborted) statuses.push((error as Error).message);
    }
  });
  await Promise.race([Promise.all(opened), pause(MANY_MS)]);
  leaving.abort();
  await Promise.all(opened);
  return statuses.find((status) => status !== '200') ?? `${statuses.length} open`;
}

function mostFrequent(outcomes: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].sort(([, left], [, right]) => right - left)[0]![0];
}
