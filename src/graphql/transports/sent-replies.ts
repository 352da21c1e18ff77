import { Bell, ClosableIterator } from '../../kernel/async';
import { Reply } from './reply';
import { Connection } from './websocket-connection';

/** Backpressure: how many items of a subscription may wait for its socket. They are written to it together. */
const IN_FLIGHT = 64;
/** Fewer items, once they have this many bytes. */
const IN_FLIGHT_BYTES = 65_536;

/**
 * Sends the items of a subscription itself. The library sees a subscription without items that ends when this one does. The
 * library would serialise each item again for every subscriber, although they share the text, and would write each item
 * separately. `ended` is called once, however the subscription ends.
 */
export function sending(
  items: ClosableIterator<Reply>,
  connection: Connection,
  id: string,
  ended: () => void,
): ClosableIterator<never> {
  const start = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  let isOver = false;
  const over = (): IteratorResult<never, void> => {
    if (!isOver) ended();
    isOver = true;
    return { done: true, value: undefined };
  };
  const sent: ClosableIterator<never> = {
    async next() {
      try {
        const flight = new Flight(connection);
        for (;;) {
          let step = items.next();
          if (step instanceof Promise) step = await step;
          if (step.done || isOver) break;
          // A client that disconnected gets nothing more. The library may notice the disconnect later.
          if (connection.socket.readyState !== connection.socket.OPEN) await items.return();
          flight.send(`${start}${step.value.text}}`);
          if (flight.isFull) await flight.landed();
        }
        await flight.landed();
        return over();
      } catch (error) {
        over();
        throw error;
      }
    },
    return: () => items.return().then(over),
    throw: (error) => items.throw(error).finally(over).then(over),
    [Symbol.asyncIterator]: () => sent,
  };
  return sent;
}

/** The texts that were sent since the socket had taken all before them. */
class Flight {
  private count = 0;
  /** Of these, the socket has taken the first. */
  private waiting = 0;
  private readonly hasLanded = new Bell();
  private readonly taken = (): void => {
    if (--this.waiting === 0) this.hasLanded.ring();
  };

  constructor(private readonly connection: Connection) {}

  get isFull(): boolean {
    return this.count >= IN_FLIGHT || this.connection.socket.bufferedAmount >= IN_FLIGHT_BYTES;
  }

  /** Texts that are sent in one turn of the event loop are written to the socket together. A closed socket gets nothing. */
  send(text: string): void {
    const { socket, request } = this.connection;
    if (socket.readyState !== socket.OPEN) return;
    const bare = request.socket;
    if (bare.writableCorked === 0) {
      bare.cork();
      process.nextTick(() => {
        bare.uncork();
      });
    }
    this.count++;
    this.waiting++;
    socket.send(text, this.taken);
  }

  /** Resolves when the socket has taken all texts, or is closed. The library ends the subscriptions of a closed socket. */
  async landed(): Promise<void> {
    if (this.waiting > 0) await this.hasLanded.wait();
    this.count = 0;
  }
}
