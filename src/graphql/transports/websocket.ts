import { randomUUID } from 'node:crypto';
import { Server } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ExecutionArgs, GraphQLError, parse } from 'graphql';
import { CloseCode, handleProtocols, makeServer } from 'graphql-ws';
import { ServerOptions, WebSocketServer } from 'ws';
import { whenTokenEnds } from '../../auth/token-end';
import { VerifiedToken } from '../../auth/verified-token';
import { Admission } from '../../http/admission';
import { Caller } from '../../http/caller';
import { ConnectionLimits } from '../../http/connection-limits';
import { Origins } from '../../http/cors';
import { REQUEST_POINTS } from '../../http/caller-points';
import { pointsOf } from '../../http/rate-limiting';
import { OngoingOperation } from '../../http/ongoing-operation';
import { FaultLog } from '../../http/problem';
import { HttpRefusal } from '../../http/refusal';
import { Bell, ClosableIterator } from '../../kernel/async';
import { Limits } from '../../kernel/limits';
import { Telemetry } from '../../kernel/telemetry';
import { Outage } from '../../kernel/outage';
import { Result } from '../../kernel/refusal';
import { EVERY_KIND } from '../execution/operation-kinds';
import { OperationRequest } from '../execution/request';
import { Metered } from '../execution/metered-lists';
import { MakeContext } from './context';
import { guardAgainstFloods, pingRegularly } from './flood-guard';
import { Operations } from './operations';
import { Reply } from './reply';
import { runningOperation } from './running-operation';
import { sending } from './sent-replies';
import { upgradeTo } from './upgrades';
import { connect, Connection } from './websocket-connection';

export interface WebSocketOptions {
  readonly server: Server;
  readonly operations: Operations;
  readonly admission: Admission;
  readonly limits: Limits;
  readonly connections: ConnectionLimits;
  readonly log: FaultLog;
  readonly context: MakeContext;
  readonly telemetry: Telemetry;
  /** The origins whose pages may connect; undefined: any. */
  readonly origins?: Origins;
}

/** How long a stopping server waits for operations to end, and for clients to take their answers. */
const DRAIN_MS = 5_000;
/** Fragments of a message, and parts in which they arrive. ws closes a connection that sends more. */
const MAX_FRAGMENTS = 256;
const MAX_CHUNKS = 4_096;
/** Of the id that a client gives an operation: each answer repeats it. */
const MAX_ID_LENGTH = 128;
const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;

/**
 * GraphQL over WebSocket (graphql-transport-ws) at `/graphql`. The token comes in the connection's parameters as `authorization`,
 * or in the header of that name; the connection is closed with 4403 if there is no valid token, and when the token expires or is
 * revoked. The next item of a subscription is requested only when the socket has taken all but a few of the items before.
 */
export function serveWebSocket(options: WebSocketOptions): () => Promise<void> {
  const { server, operations, admission, limits, connections, log, context, telemetry, origins = '*' } = options;
  const { verifier, limiting, inFlight } = admission;
  // The types of ws do not have `closeTimeout`.
  const socketOptions: ServerOptions & { readonly closeTimeout: number } = {
    noServer: true,
    handleProtocols,
    maxPayload: limits.maxRequestBytes,
    maxFragments: MAX_FRAGMENTS,
    maxBufferedChunks: MAX_CHUNKS,
    closeTimeout: connections.closeMs,
  };
  const sockets = new WebSocketServer(socketOptions);
  const upgrade = upgradeTo(sockets, { path: '/graphql', origins, limiting });
  server.on('upgrade', upgrade);

  let running = 0;
  const ended = new Bell();
  const end = (): void => {
    running--;
    ended.ring();
  };

  const library = makeServer<Record<string, unknown>, Client>({
    connectionInitWaitTimeout: connections.initMs,
    onConnect: async ({ connectionParams, extra }) => {
      const authorization = bearerOf(connectionParams) ?? extra.request.headers.authorization;
      let verified: Result<VerifiedToken>;
      try {
        verified = await verifier.verify(authorization);
      } catch (error) {
        if (!(error instanceof Outage)) throw error;
        extra.socket.close(TRY_AGAIN_LATER, 'Try again later');
        return false;
      }
      if (!verified.ok || extra.socket.readyState !== extra.socket.OPEN) return false;
      const points = limiting && pointsOf(limiting, limiting.addressOf(extra.request), verified.value.principal);
      extra.token = { ...verified.value, points };
      extra.stopWaiting = whenTokenEnds(verified.value, () => {
        extra.socket.close(CloseCode.Forbidden, 'Forbidden');
      });
      return true;
    },
    onClose: ({ extra }) => {
      extra.stopWaiting?.();
    },
    // `run` looks at the operation as a whole. The library only wants to know its kind.
    onSubscribe: ({ extra }, id, payload) => {
      if (extra.token === undefined) return [new GraphQLError('Forbidden')];
      if (id.length > MAX_ID_LENGTH) {
        extra.socket.close(CloseCode.BadRequest, `The id of an operation has at most ${MAX_ID_LENGTH} characters`);
        return [new GraphQLError('The id is too long')];
      }
      const over = new AbortController();
      const caller: Caller = { ...extra.token, correlationId: randomUUID(), signal: over.signal };
      const ongoing = new OngoingOperation(telemetry, 'websocket', caller.correlationId);
      ongoing.identified(caller);
      const asked: Asked = {
        request: payload,
        caller,
        contextValue: context(caller),
        over,
        ongoing,
        connection: extra,
        id,
      };
      return { ...EVERYTHING, contextValue: asked } as unknown as ExecutionArgs;
    },
    subscribe: run,
  });
  sockets.on('connection', (socket, request) => {
    const client: Client = { socket, request };
    const { maxMessagesPerSecond: messagesPerSecond } = limits;
    guardAgainstFloods(client, { ...connections, messagesPerSecond, isAccepted: () => client.token !== undefined });
    pingRegularly(socket, connections.pingMs);
    connect(library, client, log, () => client.token?.principal.sub ?? '');
  });

  /** A WebSocket has no statuses. */
  function asReply(error: unknown, ongoing: OngoingOperation): Reply {
    if (!(error instanceof HttpRefusal)) throw error;
    ongoing.failed(error.code);
    ongoing.end();
    return operations.failure(error);
  }

  // The library ends an iterator when the client completes the operation, and when the socket closes.
  function run(args: ExecutionArgs) {
    const { request, caller, contextValue, over, ongoing, connection, id } = args.contextValue as Asked;
    const { principal, points } = caller;
    let release: (() => void) | undefined;
    running++;
    const answer = async (): Promise<Reply | ClosableIterator<Reply>> => {
      release = inFlight.enter(principal.sub);
      await points?.take(REQUEST_POINTS);
      const reply = await operations.run({ ...request, principal, kinds: EVERY_KIND }, contextValue, ongoing);
      // Subscriptions that have begun have a limit of their own.
      if (Symbol.asyncIterator in reply) release();
      return reply;
    };
    const start = () => answer().catch((error: unknown) => asReply(error, ongoing));
    const whenOver = (): void => {
      release?.();
      // Also of an operation that was completed before it had begun.
      ongoing.end();
      end();
    };
    return sending(runningOperation(start, over), connection, id, whenOver) as never;
  }

  return async () => {
    server.off('upgrade', upgrade);
    const patience = new AbortController();
    const late = setTimeout(() => {
      patience.abort();
      for (const client of sockets.clients) client.terminate();
    }, DRAIN_MS);
    while (running > 0 && !patience.signal.aborted) await ended.wait({ signal: patience.signal });
    // Clients get the end of what has just ended before the connection is closed.
    await nextTurn();
    for (const client of sockets.clients) client.close(GOING_AWAY, 'Going away');
    await new Promise<void>((resolve) => {
      sockets.close(() => {
        resolve();
      });
    });
    clearTimeout(late);
  };
}

/** A WebSocket, and what is known of its client. */
interface Client extends Connection {
  token?: VerifiedToken & Pick<Caller, 'points'>;
  stopWaiting?: () => void;
}

interface Asked {
  readonly request: OperationRequest;
  readonly caller: Caller;
  readonly contextValue: Metered;
  readonly ongoing: OngoingOperation;
  /** Aborts when nobody wants the answer any more. */
  readonly over: AbortController;
  readonly connection: Client;
  /** The operation's, as the client gave it. */
  readonly id: string;
}

/** Replaces the client's document. It is a subscription, so that the library accepts one result as well as many. */
const EVERYTHING = { schema: undefined, document: parse('subscription { any }') };

const bearerOf = (parameters: Readonly<Record<string, unknown>> | undefined): string | undefined => {
  const value = parameters?.authorization ?? parameters?.Authorization;
  return typeof value === 'string' ? value : undefined;
};
