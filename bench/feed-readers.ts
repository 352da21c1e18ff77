import { WebSocket } from 'ws';
import { FeedTarget, machineMs } from './feed-target';

/**
 * Subscribers in this process. They are so light that even many of them are faster than the server: graphql-transport-ws by
 * hand over `ws`. Messages are counted and timed, but not parsed.
 */

const QUERY = `subscription($after: Position) { changes(after: $after) {
  __typename
  ... on Change { id position sequence recordedAt effectiveAt type entity entityType department revision reason
    actor { sub } fields { path before after } }
  ... on FeedMark { kind position }
} }`;

const OPENED_AT_ONCE = 50;
const PATIENCE_MS = 120_000;
const BACKLOG_PATIENCE_MS = 1_800_000;

export class Readers {
  private readonly sockets: WebSocket[] = [];
  private readonly counts: number[] = [];
  private arrivals: number[][] | undefined;
  private missing = 0;
  private done: () => void = () => undefined;
  /** The newest message, as it arrived. */
  lastText = '';

  /** Resolves when all of them have caught up. */
  static async open(target: FeedTarget, count: number): Promise<Readers> {
    const readers = new Readers();
    for (let opened = 0; opened < count; opened += OPENED_AT_ONCE) {
      const some = Math.min(OPENED_AT_ONCE, count - opened);
      await withinPatience(Promise.all(Array.from({ length: some }, () => readers.connect(target))));
    }
    return readers;
  }

  get size(): number {
    return this.sockets.length;
  }

  /** Resolves after each has received this many more messages, to the time of the last one. */
  expect(each: number): Promise<number> {
    this.counts.fill(each);
    this.missing = each * this.size;
    return withinPatience(
      new Promise((resolve) => {
        this.done = () => {
          resolve(machineMs());
        };
      }),
    );
  }

  /** The same, but resolves to the arrival times: a list per subscriber. */
  async time(each: number): Promise<readonly (readonly number[])[]> {
    const arrivals = this.sockets.map((): number[] => []);
    this.arrivals = arrivals;
    await this.expect(each);
    this.arrivals = undefined;
    return arrivals;
  }

  async close(): Promise<void> {
    await Promise.all(
      this.sockets.map(
        (socket) =>
          new Promise((resolve) => {
            socket.once('close', resolve);
            socket.close();
          }),
      ),
    );
  }

  private connect(target: FeedTarget): Promise<void> {
    const socket = open(target);
    const index = this.sockets.push(socket) - 1;
    this.counts.push(0);
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      subscribe(socket, undefined, (mark) => {
        if (!mark.includes('CAUGHT_UP')) reject(new Error(mark));
        socket.on('message', (data) => {
          this.arrived(index, data as Buffer);
        });
        resolve();
      });
    });
  }

  private arrived(index: number, data: Buffer): void {
    this.arrivals?.[index]?.push(machineMs());
    if (this.counts[index]!-- <= 0) throw new Error(`more than was sent: ${data.toString()}`);
    if (--this.missing > 0) return;
    this.lastText = data.toString();
    this.done();
  }
}

/** One subscriber from the start to the present; events per second. */
export async function readBacklog(target: FeedTarget): Promise<number> {
  const socket = open(target);
  const start = performance.now();
  let messages = 0;
  await withinPatience(
    new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.once('close', () => {
        reject(new Error('the reader of the backlog was closed'));
      });
      subscribe(socket, '0', () => {
        messages++;
        socket.on('message', (data: Buffer) => {
          if (data.length < MARK_BYTES && data.includes('CAUGHT_UP')) resolve();
          else messages++;
        });
      });
    }),
    BACKLOG_PATIENCE_MS,
  );
  const rate = messages / ((performance.now() - start) / 1000);
  socket.terminate();
  return rate;
}

/** A mark is shorter than any change. */
const MARK_BYTES = 200;

function open({ address, token }: FeedTarget): WebSocket {
  const socket = new WebSocket(address, 'graphql-transport-ws', { perMessageDeflate: false });
  socket.once('open', () => {
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
  });
  return socket;
}

/** `first` receives the message of the first item. */
function subscribe(socket: WebSocket, after: string | undefined, first: (message: string) => void): void {
  socket.once('message', () => {
    socket.once('message', (data: Buffer) => {
      first(data.toString());
    });
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: QUERY, variables: { after } } }));
  });
}

async function withinPatience<T>(promise: Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error('the subscribers did not receive everything that was sent'));
    }, patienceMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
