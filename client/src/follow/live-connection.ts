import { createClient } from 'graphql-ws/client';
import { dataOf, MingjianError, type Received, unreachable } from '../failure.ts';
import { authorizationOf, type Server, webSocketAddress } from '../server.ts';
import { textOf, type TypedDocument } from '../typed-document.ts';
import { type Ended, WaitingItems } from './waiting-items.ts';

/** One connection of the feed. It is never opened again by itself. */
export interface LiveConnection<Item> {
  /** The items that have come since, in order; the reason if the connection has ended and all were taken. */
  take(): Promise<readonly Item[] | Ended>;
  close(): void;
}

/** We ask for a sign of life this often, because a browser hides those that the server sends by itself. */
const KEEP_ALIVE_MS = 12_000;
/** After so long without a message the connection is lost, whatever the network says. */
const SILENCE_MS = 40_000;
const FORBIDDEN = 4403;

interface Options {
  readonly most: number;
  readonly signal: AbortSignal;
}

/**
 * graphql-ws would subscribe again by itself, with the first position. That would bring everything a second time, so a connection
 * that closes has ended here.
 */
export function openConnection<Item, Variables extends object>(
  server: Server,
  document: TypedDocument<{ readonly changes: Item }, Variables>,
  variables: Variables,
  { most, signal }: Options,
): LiveConnection<Item> {
  const waiting = new WaitingItems<Item>(most);
  let isOver = false;
  let leave: (() => void) | undefined;
  const end = (reason: Ended): void => {
    if (isOver) return;
    isOver = true;
    waiting.finish(reason);
    clearTimeout(silence);
    signal.removeEventListener('abort', close);
    leave?.();
  };
  const fail = (error: Error): void => {
    end({ kind: 'FAILED', error });
  };
  const close = (): void => {
    fail(unreachable('The reader has left'));
  };
  let silence = setTimeout(silent, SILENCE_MS);
  function silent(): void {
    fail(unreachable('The connection was silent'));
  }
  function heard(): void {
    clearTimeout(silence);
    if (!isOver) silence = setTimeout(silent, SILENCE_MS);
  }
  signal.addEventListener('abort', close, { once: true });

  const hasEnded = (): boolean => isOver;
  async function open(): Promise<void> {
    const authorization = await authorizationOf(server);
    // A function call, so that TypeScript does not take it for unchanged since.
    if (hasEnded()) return;
    const socket = capturing(server.webSocketImpl ?? Reflect.get(globalThis, 'WebSocket'));
    const client = createClient({
      url: webSocketAddress(server),
      webSocketImpl: socket.implementation,
      connectionParams: { authorization },
      connectionAckWaitTimeout: SILENCE_MS,
      keepAlive: KEEP_ALIVE_MS,
      retryAttempts: 0,
      on: {
        message: heard,
        closed: (event) => {
          fail(closeError(event));
        },
      },
    });
    const stop = client.subscribe<{ readonly changes: Item }>(
      { query: textOf(document), variables: variables as Record<string, unknown> },
      {
        next(received) {
          try {
            const { changes } = dataOf(received as Received<{ readonly changes: Item }>);
            if (!waiting.add(changes)) end({ kind: 'OVERTAKEN' });
          } catch (error) {
            fail(error as Error);
          }
        },
        error(error) {
          fail(Array.isArray(error) ? refusal(error as Received<never>['errors']) : closeError(error));
        },
        complete() {
          fail(unreachable('The server ended the feed'));
        },
      },
    );
    leave = () => {
      stop();
      socket.close();
    };
  }

  if (signal.aborted) close();
  else open().catch(fail);
  return { take: () => waiting.take(), close };
}

/** `implementation` makes the WebSockets of a client, and `close` closes them, also before they are open. */
function capturing(WebSocketImpl: unknown): { readonly implementation: unknown; close(): void } {
  if (typeof WebSocketImpl !== 'function') {
    throw new TypeError('There is no WebSocket here: pass webSocketImpl, such as the default export of ws');
  }
  const made: { close(): void }[] = [];
  return {
    implementation: new Proxy(WebSocketImpl, {
      construct(target, parameters: unknown[]) {
        const socket = Reflect.construct(target, parameters) as { close(): void };
        made.push(socket);
        return socket;
      },
    }),
    close: () => {
      for (const socket of made) socket.close();
    },
  };
}

function refusal(errors: Received<never>['errors']): Error {
  try {
    return dataOf<never>({ errors });
  } catch (error) {
    return error as Error;
  }
}

/** A connection that was closed, or could not be opened. */
function closeError(event: unknown): MingjianError {
  const { code, reason, message } = (event ?? {}) as { code?: unknown; reason?: unknown; message?: unknown };
  if (code === FORBIDDEN) return new MingjianError('The token is not valid, or no longer', 'UNAUTHENTICATED');
  const text = [message, reason, code].find((part) => part !== undefined && part !== '');
  return unreachable(`The connection was lost: ${String(text)}`);
}
