import { randomUUID } from 'node:crypto';
import { IncomingMessage, Server } from 'node:http';
import { Duplex } from 'node:stream';
import { ExecutionArgs, GraphQLError, parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { Principal } from '../../auth/principal';
import { TokenVerifier } from '../../auth/token-verifier';
import { Limits } from '../limits';
import { MakeContext } from './caller';
import { OperationRequest, Operations, Payload } from './operations';

export interface WebSocketOptions<Context extends object> {
  readonly server: Server;
  readonly operations: Operations;
  readonly verifier: TokenVerifier;
  readonly limits: Limits;
  readonly context: MakeContext<Context>;
}

/** How often a connection is asked whether it still lives; one that says nothing until the next time is ended. */
const PING_MS = 12_000;

/**
 * GraphQL over WebSocket (graphql-transport-ws) at `/graphql`. The token comes in the connection's parameters as `authorization`,
 * or in the header of that name; without a valid one the connection is closed with 4403. A subscription is asked for its next
 * item when the socket has taken the one before.
 */
export function serveWebSocket<Context extends object>(options: WebSocketOptions<Context>): () => Promise<void> {
  const { server, operations, verifier, limits, context } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.maxRequestBytes });
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (request.url?.split('?')[0] !== '/graphql') {
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (connection) => sockets.emit('connection', connection, request));
  };
  server.on('upgrade', upgrade);

  const disposable = useServer<Record<string, unknown>, { principal?: Principal }>(
    {
      onConnect: async ({ connectionParams, extra }) => {
        const verified = await verifier.verify(bearerOf(connectionParams) ?? extra.request.headers.authorization);
        if (verified.ok) extra.principal = verified.value;
        return verified.ok;
      },
      // The operation is looked at as a whole where it is run; the library wants to know its kind alone.
      onSubscribe: ({ extra }, _id, payload) => {
        if (extra.principal === undefined) return [new GraphQLError('Forbidden')];
        const request: OperationRequest = payload;
        const contextValue = context({ principal: extra.principal, correlationId: randomUUID() });
        return { ...EVERYTHING, contextValue: { request, contextValue } } as unknown as ExecutionArgs;
      },
      subscribe: run,
      onNext: (_context, _id, _payload, _args, result) => (result as unknown as Payload).result as never,
    },
    sockets,
    PING_MS,
  );

  async function run(args: ExecutionArgs) {
    const { request, contextValue } = args.contextValue as { request: OperationRequest; contextValue: object };
    return (await operations.run(request, contextValue)) as never;
  }

  return async () => {
    server.off('upgrade', upgrade);
    await disposable.dispose();
  };
}

/** Stands for whatever is asked: a subscription, so that the library takes one result and many alike. */
const EVERYTHING = { schema: undefined, document: parse('subscription { any }') };

const bearerOf = (parameters: Readonly<Record<string, unknown>> | undefined): string | undefined => {
  const value = parameters?.authorization ?? parameters?.Authorization;
  return typeof value === 'string' ? value : undefined;
};
