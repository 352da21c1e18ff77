import { ClosableIterator } from '../../kernel/async';
import { Reply } from './reply';
import { Connection } from './websocket-connection';

/** Backpressure: how many items of a subscription may wait for its socket. */
const IN_FLIGHT = 16;
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
        let taken: Promise<void> | undefined;
        let inFlight = 0;
        for (let step = await items.next(); !step.done && !isOver; step = await items.next()) {
          // A client that disconnected gets nothing more. The library may notice the disconnect later.
          if (connection.socket.readyState !== connection.socket.OPEN) await items.return();
          taken = send(connection, `${start}${step.value.text}}`);
          if (++inFlight < IN_FLIGHT && connection.socket.bufferedAmount < IN_FLIGHT_BYTES) continue;
          await taken;
          inFlight = 0;
        }
        await taken;
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

/**
 * Resolves when the socket has taken this text and all texts before it, or is closed. The library ends the subscriptions of a
 * closed socket. Texts that are sent in one turn of the event loop are written to the socket together.
 */
function send({ socket, request }: Connection, text: string): Promise<void> {
  if (socket.readyState !== socket.OPEN) return Promise.resolve();
  const bare = request.socket;
  if (bare.writableCorked === 0) {
    bare.cork();
    process.nextTick(() => {
      bare.uncork();
    });
  }
  return new Promise((resolve) => {
    socket.send(text, () => {
      resolve();
    });
  });
}
