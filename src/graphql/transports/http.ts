import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, GraphQLSchema } from 'graphql';
import { preferred } from '../../http/accept';
import { Identify } from '../../http/caller';
import { varyBy } from '../../http/compression';
import { OperationHooks } from '../../http/operation-hooks';
import { HttpRefusal } from '../../http/refusal';
import { statusOfFramework } from '../../http/statuses';
import { Refused } from '../../kernel/refusal';
import { Telemetry } from '../../kernel/telemetry';
import { FormatError, toGraphQLError } from '../errors';
import { Guard } from '../execution/guard';
import { MeteredExecution } from '../execution/metered-execution';
import { apolloExecution } from './apollo-gateway';
import { apolloGuard } from './apollo-guard';
import { MakeContext } from './context';
import { apolloOutages } from './outage-answer';
import { withOperation } from './context-operation';

export interface HttpOptions {
  readonly schema: GraphQLSchema;
  readonly execution: MeteredExecution;
  readonly guard: Guard;
  readonly format: FormatError;
  readonly identify: Identify;
  readonly context: MakeContext;
  readonly logger: Pick<FastifyBaseLogger, 'warn' | 'error'>;
  readonly telemetry: Telemetry;
}

/** GraphQL over HTTP at `/graphql`, through Apollo Server. Returns a function that answers the requests that have begun, and stops. */
export async function serveHttp(fastify: FastifyInstance, options: HttpOptions): Promise<() => Promise<void>> {
  const { identify, context, telemetry } = options;
  const operations = new OperationHooks(telemetry, 'http');
  const apollo = apolloServer(fastify, options);
  await apollo.start();
  const callerContext = async (request: FastifyRequest, reply: FastifyReply): Promise<object> => {
    try {
      const identified = identify(request, reply);
      const caller = identified instanceof Promise ? await identified : identified;
      const operation = operations.of(request);
      operation.identified(caller);
      return withOperation(context(caller), operation);
    } catch (error) {
      throw asGraphQLError(error);
    }
  };
  const handler = fastifyApolloHandler(apollo, { context: callerContext });
  fastify.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    exposeHeadRoute: false,
    compress: {},
    onRequest: (request, _reply, done) => {
      operations.of(request);
      done();
    },
    preHandler: (request, reply, done) => {
      varyBy(reply, 'accept-encoding');
      answerInJson(request);
      done();
    },
    handler,
    onSend: (request, reply, payload, done) => {
      reply.code(statusOfFramework(reply.statusCode));
      operations.answered(request, reply);
      done(null, payload);
    },
  });
  return () => apollo.stop();
}

/** Apollo Server takes status and headers from the error. */
function asGraphQLError(error: unknown): unknown {
  if (error instanceof Refused) return toGraphQLError(error.refusal);
  if (!(error instanceof HttpRefusal)) return error;
  const { status, headers, message } = error;
  const extensions: Readonly<Record<string, unknown>> = {
    http: { status, headers: new HeaderMap(Object.entries(headers)) },
  };
  return new GraphQLError(message, { originalError: error, extensions });
}

function apolloServer(fastify: FastifyInstance, options: HttpOptions): ApolloServer {
  const { schema, execution, guard, format, logger } = options;
  return new ApolloServer({
    ...apolloExecution(schema, execution),
    // The guards parse and validate, for every transport.
    dangerouslyDisableValidation: true,
    documentStore: null,
    logger: {
      debug: noop,
      info: noop,
      warn: (message) => {
        logger.warn(message);
      },
      error: (message) => {
        logger.error(message);
      },
    },
    formatError: format,
    includeStacktraceInErrorResponses: false,
    introspection: true,
    persistedQueries: false,
    // Only a bearer token identifies a caller, and no browser adds one by itself.
    csrfPrevention: false,
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      fastifyApolloDrainPlugin(fastify),
      apolloGuard(guard, format),
      apolloOutages,
    ],
  });
}

/** Apollo would run an operation and then refuse to answer a client that does not accept its media types. */
function answerInJson({ headers }: FastifyRequest): void {
  if (preferred(headers.accept, MEDIA_TYPES) === undefined) headers.accept = undefined;
}

const MEDIA_TYPES = ['application/json', 'application/graphql-response+json'];

const noop = (): void => undefined;
