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
import { guardOf } from './execution/guards';
import { MeteredExecution } from './execution/metered-execution';
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

/** Where gateways ask. */
export const SUBGRAPH_PATH = '/graphql/subgraph';

/**
 * GraphQL over HTTP, server-sent events and WebSocket, for clients with a valid bearer token. Returns a function that accepts no
 * new requests, answers those that have begun, and closes the server.
 */
export async function serveGraphQL(fastify: FastifyInstance, options: GraphQLOptions): Promise<() => Promise<void>> {
  const { schema, admission, limits, connections, context, origins, onOutage, trust } = options;
  const { introspection, subgraph, telemetry } = options;
  const execution = new MeteredExecution(schema, new CompiledExecution(schema, telemetry));
  const guard = guardOf(schema, limits, { trust, introspection, telemetry });
  const faults: FaultLog = {
    error: (details, message) => {
      telemetry.report({ kind: 'fault', details, message });
    },
    outage: onOutage,
  };
  const format = errorFormatter(faults);
  const identify = identifyWithin(admission);
  const operations = new Operations({ schema, execution, guard, format });
  const lasting = admission.isNoStore ? undefined : new LastingExecution(execution, new AnswerTags(schema), telemetry);
  const overHttp = { format, identify, context, telemetry };
  const stopHttp = await serveHttp(fastify, { ...overHttp, path: '/graphql', schema, execution, lasting, guard });
  const stopSubgraph =
    subgraph &&
    (await serveHttp(fastify, {
      ...overHttp,
      path: SUBGRAPH_PATH,
      schema: subgraph,
      execution: new MeteredExecution(subgraph, new CompiledExecution(subgraph, telemetry)),
      // Its answers get no tags: gateways ask by POST.
      lasting: undefined,
      // A gateway writes its documents itself, so nobody can list them.
      guard: guardOf(subgraph, limits, { introspection, telemetry }),
    }));
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
    await stopHttp();
    await stopSubgraph?.();
  };
}
