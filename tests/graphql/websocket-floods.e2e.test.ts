import { once } from 'node:events';
import WebSocket from 'ws';
import { entrance } from '../../src/http/entrance';
import { ApiOptions, startApi, TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';

const onEnd = cleanUps(afterAll);

async function startWith(options: ApiOptions): Promise<TestApi> {
  const started = await startApi(options);
  onEnd(() => started.close());
  return started;
}

let api: TestApi;
beforeAll(async () => {
  api = await startWith({ limits: { maxMessagesPerSecond: 20 }, connections: { initBytes: 10_000 } });
});

const PING = '{"type":"ping"}';

const connect = ({ url }: TestApi, options: WebSocket.ClientOptions = {}): WebSocket =>
  new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', options);

async function open(at = api): Promise<WebSocket> {
  const socket = connect(at);
  await once(socket, 'open');
  return socket;
}

const initOf = async (at: TestApi): Promise<string> =>
  JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${await at.token()}` } });

async function accepted(): Promise<WebSocket> {
  const init = await initOf(api);
  const socket = await open();
  socket.send(init);
  await once(socket, 'message');
  return socket;
}

async function closing(socket: WebSocket): Promise<[code: number, reason: string]> {
  // A flood may meet a closed connection.
  socket.on('error', () => undefined);
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
  return [code, reason.toString()];
}

const times = (count: number, act: () => void): void => {
  for (let round = 0; round < count; round++) act();
};

describe('before its token is accepted, a WebSocket is closed', () => {
  test.each<[string, (socket: WebSocket) => void]>([
    [
      'pings',
      (socket) => {
        socket.send(PING);
      },
    ],
    [
      'ping frames',
      (socket) => {
        socket.ping();
      },
    ],
    [
      'pong frames',
      (socket) => {
        socket.pong();
      },
    ],
  ])('that sends too many %s', async (_, send) => {
    const socket = await open();
    times(50, () => {
      send(socket);
    });
    expect(await closing(socket)).toEqual([4429, 'Too many messages before the token was accepted']);
  });

  test('that sends too many bytes, also without an end', async () => {
    const socket = await open();
    socket.send('x'.repeat(10_000), { fin: false });
    expect(await closing(socket)).toEqual([1009, 'Too many bytes before the token was accepted']);
  });

  test('that sends too many fragments', async () => {
    const socket = await open();
    times(300, () => {
      socket.send('', { fin: false });
    });
    expect((await closing(socket))[0]).toBe(1008);
  });

  test('that does not name its token in time', async () => {
    const hasty = await startWith({ connections: { initMs: 100 } });
    expect(await closing(await open(hasty))).toEqual([4408, 'Connection initialisation timeout']);
  });
});

describe('a WebSocket with a valid token is closed', () => {
  test.each<[string, (socket: WebSocket) => void]>([
    [
      'pings',
      (socket) => {
        socket.send(PING);
      },
    ],
    [
      'ping frames',
      (socket) => {
        socket.ping();
      },
    ],
    [
      'messages',
      (socket) => {
        socket.send('{"type":"complete","id":"1"}');
      },
    ],
  ])('that sends too many %s in a second', async (_, send) => {
    const socket = await accepted();
    times(60, () => {
      send(socket);
    });
    expect(await closing(socket)).toEqual([4429, 'Too many messages in a second']);
  });

  test('that sends very many lists in one another', async () => {
    const socket = await accepted();
    socket.send(`{"type":"ping","payload":{"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`);
    expect(await closing(socket)).toEqual([4400, 'A message has more than 50000 objects and lists']);
  });

  test('that does not answer a ping', async () => {
    const hasty = await startWith({ connections: { pingMs: 20 } });
    const init = await initOf(hasty);
    const socket = connect(hasty, { autoPong: false });
    socket.once('open', () => {
      socket.send(init);
    });
    expect(await closing(socket)).toEqual([1006, '']);
  });

  test('that uses the id of an operation again, and the reason has only the beginning of the id', async () => {
    const socket = await accepted();
    const subscribe = {
      type: 'subscribe',
      id: '名'.repeat(100),
      payload: { query: 'subscription { changes { ... on FeedMark { kind } } }' },
    };
    times(2, () => {
      socket.send(JSON.stringify(subscribe));
    });
    const [code, reason] = await closing(socket);
    expect(code).toBe(4409);
    expect(reason).toMatch(/^Subscriber for 名{20,40}…$/);
  });
});

/** Whatever comes next to the entrance waits there until the returned function is called. `hasCome` resolves when it waits. */
function holdNext(): { readonly hasCome: Promise<void>; letIn: () => void } {
  let letIn = (): void => undefined;
  const turn = new Promise<void>((resolve) => {
    letIn = resolve;
  });
  const hasCome = new Promise<void>((resolve) => {
    jest.spyOn(entrance, 'enter').mockImplementationOnce(() => {
      resolve();
      return turn;
    });
  });
  return { hasCome, letIn };
}

test('a connection waits until it is let in; one whose client has gone meanwhile harms nobody', async () => {
  for (const isGone of [true, false]) {
    const { hasCome, letIn } = holdNext();
    const socket = connect(api);
    socket.on('error', () => undefined);
    await hasCome;
    expect(socket.readyState).toBe(WebSocket.CONNECTING);
    const isOver = new Promise((resolve) => socket.once(isGone ? 'close' : 'open', resolve));
    if (isGone) socket.terminate();
    else letIn();
    await isOver;
    letIn();
    socket.terminate();
  }
});

test('a message waits until it is let in', async () => {
  const socket = await accepted();
  const { letIn } = holdNext();
  const received: string[] = [];
  socket.on('message', (data: Buffer) => received.push((JSON.parse(data.toString()) as { type: string }).type));
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: '{ __typename }' } }));
  // It has been read when this one is answered.
  socket.send(PING);
  await once(socket, 'message');
  expect(received).toEqual(['pong']);
  letIn();
  await once(socket, 'message');
  expect(received).toContain('next');
  socket.close();
});

test('a WebSocket at another path is refused', async () => {
  const nowhere = new WebSocket(`${api.url.replace('http', 'ws')}/nowhere`, 'graphql-transport-ws');
  const [error] = (await once(nowhere, 'error')) as [Error];
  expect(error.message).toContain('404');
});

test('a client that resets its connection amid its pings leaves no trace in the log', async () => {
  const printed = jest.spyOn(console, 'error');
  const socket = await accepted();
  times(30, () => {
    socket.send(PING);
  });
  (socket as unknown as { _socket: { resetAndDestroy: () => void } })._socket.resetAndDestroy();
  await once(socket, 'close');
  // The server has noticed when it answers another client.
  const other = await accepted();
  other.close();
  await closing(other);
  expect(printed).not.toHaveBeenCalled();
  printed.mockRestore();
});
