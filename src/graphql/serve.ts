import type { FastifyInstance } from 'fastify';
import { GraphQLSchema } from 'graphql';
import { ConnectionLimits } from '../http/connection-limits';
import { Origins } from '../http/cors';
import { FaultLog } from '../http/problem';
import { Admission, identifyWithin } from '../http/admission';
import { Telemetry } from '../kernel/telemetry';
import { Limits } from '../kernel/limits';
import { errorFormatter } from './errors';
import { CompiledExecution } from './execution/compiled-execution';
import { GuardOptions, guardsOf } from './execution/guards';
import { MeteredExecution } from './execution/metered-execution';
import { AnswerKeys } from './lasting/answer-keys';
import { AnswerTags } from './lasting/answer-tags';
import { LastingExecution } from './lasting/lasting-execution';
import { MakeContext } from './transports/context';
import { serveHttp } from './transports/http';
import { Operations } from './transports/operations';
import { serveEvents } from './transports/sse';
import { serveWebSocket } from './transports/websocket';
import { Trust } from './trusted-documents/trust';

export interface GraphQLOptions {
  readonly schema: GraphQLSchema;
  readonly admission: Admission;
  readonly limits: Limits;
  readonly connections: ConnectionLimits;
  readonly context: MakeContext;
  readonly telemetry: Telemetry;
  /** The origins whose pages may connect by WebSocket; undefined: any. */
  readonly origins?: Origins;
  /** Called for each request that an outage refuses; undefined: each is logged. */
  readonly onOutage?: FaultLog['outage'];
  /** The documents that the operator trusts; undefined: any document may be executed. */
  readonly trust?: Trust;
  /** Whether callers may read the schema; undefined: they may. */
  readonly introspection?: boolean;
  /** The API as a subgraph of a federation (`subgraphOf`); undefined: there is none. */
  readonly subgraph?: GraphQLSchema;
}

interface Served extends Pick<GuardOptions, 'trust'> {
  /** Whether an answer that stays the same is kept, and gets a tag. */
  readonly canLast: boolean;
}

/** Where gateways ask. */
export const SUBGRAPH_PATH = '/graphql/subgraph';

/**
 * GraphQL over HTTP, server-sent events and WebSocket, for clients with a valid bearer token. Returns a function that accepts no
 * new requests, answers those that have begun, and closes the server.
 */
export async function serveGraphQL(fastify: FastifyInstance, options: GraphQLOptions): Promise<() => Promise<void>> {
  const { schema, admission, limits, connections, context, origins, onOutage, trust } = options;
  const { introspection, subgraph, telemetry } = options;
  const faults: FaultLog = {
    error: (details, message) => {
      telemetry.report({ kind: 'fault', details, message });
    },
    outage: onOutage,
  };
  const format = errorFormatter(faults);
  const identify = identifyWithin(admission);
  const serve = async (path: string, served: GraphQLSchema, { trust, canLast }: Served) => {
    const execution = new MeteredExecution(served, new CompiledExecution(served, telemetry));
    const lasting = canLast
      ? new LastingExecution(execution, new AnswerKeys(served), new AnswerTags(served), telemetry)
      : undefined;
    const guards = guardsOf(served, limits, { trust, introspection, telemetry });
    const operations = new Operations({ schema: served, execution, lasting, guard: guards.judge, format });
    const stop = await serveHttp(fastify, {
      path,
      schema: served,
      operations,
      guards,
      format,
      identify,
      context,
      telemetry,
    });
    return { operations, stop };
  };
  const { operations, stop } = await serve('/graphql', schema, { trust, canLast: !admission.isNoStore });
  // A gateway writes its documents itself, so nobody can list them, and it asks by POST.
  const stopSubgraph = subgraph && (await serve(SUBGRAPH_PATH, subgraph, { canLast: false })).stop;
  serveEvents(fastify, { operations, identify, context, telemetry });
  const closeSockets = serveWebSocket({
    server: fastify.server,
    operations,
    admission,
    limits,
    connections,
    log: faults,
    context,
    telemetry,
    origins,
  });
  return async () => {
    await closeSockets();
    await stop();
    await stopSubgraph?.();
  };
}
