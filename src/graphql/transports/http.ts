import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLSchema } from 'graphql';
import { TokenVerifier } from '../../auth/token-verifier';
import { enableCompression, varyBy } from '../../http/compression';
import { Origins } from '../../http/cors';
import { hangUpOf } from '../../http/hang-up';
import { requestIdsOf } from '../../http/request-ids';
import { createWebServer } from '../../http/web-server';
import { andThen, Awaitable } from '../../kernel/async';
import { Limits } from '../../kernel/limits';
import { asGateway, CompiledExecution } from '../compiled-execution';
import { errorFormatter, unwrap } from '../errors';
import { documentSize, requireShort } from '../document-size';
import { noPersistedQueries } from '../no-persisted-queries';
import { noSubscriptions } from '../no-subscriptions';
import { RequestChecks } from '../request-checks';
import { Caller, MakeContext } from './caller';
import { Operations } from './operations';
import { preferred } from '../../exports/accept';
import { servePull } from '../../exports/export-route';
import { serveEvents } from './sse';
import { serveWebSocket } from './websocket';

export interface HttpOptions<Context extends object> {
  readonly schema: GraphQLSchema;
  readonly verifier: TokenVerifier;
  readonly limits: Limits;
  readonly logger: FastifyBaseLogger;
  readonly context: MakeContext<Context>;
  /** Whose pages may ask; undefined: no pages but the server's own, and any page by WebSocket. */
  readonly origins?: Origins;
}

export interface HttpServer {
  /** For the routes beside GraphQL; it listens when the owner says so. */
  readonly fastify: FastifyInstance;
  /** Takes nothing new, answers what it has begun, and closes. */
  readonly stop: () => Promise<void>;
}

/** GraphQL over HTTP at `/graphql`, for holders of a valid bearer token. */
export async function createHttpServer<Context extends object>(options: HttpOptions<Context>): Promise<HttpServer> {
  const { schema, verifier, limits, logger, origins } = options;
  const fastify = await createWebServer({ logger, maxRequestBytes: limits.maxRequestBytes, origins });
  await enableCompression(fastify);
  const execution = new CompiledExecution(schema);
  const checks = new RequestChecks(schema, limits);
  const apollo = new ApolloServer<Context>({
    gateway: asGateway(schema, checks.before(execution)),
    dangerouslyDisableValidation: true, // `checks` validates, for every transport.
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
    parseOptions: { maxTokens: limits.maxTokens },
    formatError: errorFormatter(logger),
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
      documentSize(limits),
      noPersistedQueries,
      noSubscriptions,
    ],
  });
  await apollo.start();

  const handler = fastifyApolloHandler(apollo, {
    context: async (request, reply) => {
      const caller = callerOf(verifier, request, reply);
      const known = caller instanceof Promise ? await caller : caller;
      requireShort((request.body as { query?: unknown } | undefined)?.query, limits);
      return options.context(known);
    },
  });
  const identify = async (request: FastifyRequest, reply: FastifyReply) => callerOf(verifier, request, reply);
  const operations = new Operations({ schema, execution, checks, limits, log: logger });
  serveEvents(fastify, {
    operations,
    identify,
    context: (caller, resumeAfter) => options.context({ ...caller, resumeAfter }),
  });
  servePull(fastify, { schema, identify, context: options.context, log: logger });
  const closeSockets = serveWebSocket({
    server: fastify.server,
    operations,
    verifier,
    limits,
    context: options.context,
    origins,
  });
  fastify.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    exposeHeadRoute: false,
    compress: {},
    preHandler: (request, reply, done) => {
      varyBy(reply, 'accept-encoding');
      answerInJson(request);
      done();
    },
    handler,
    onSend: (_request, reply, payload, done) => {
      reply.code(contractStatus(reply.statusCode));
      done(null, payload);
    },
  });

  return {
    fastify,
    async stop() {
      await closeSockets();
      await apollo.stop();
    },
  };
}

/** Who asks; throws the refusal of a token. */
function callerOf(verifier: TokenVerifier, request: FastifyRequest, reply: FastifyReply): Awaitable<Caller> {
  return andThen(verifier.verify(request.headers.authorization), (verified) => {
    const { correlationId = request.id, causationId } = requestIdsOf(request);
    return { principal: unwrap(verified), correlationId, causationId, signal: hangUpOf(reply.raw) };
  });
}

/** Statuses of errors that the API has as well as the frameworks. What they refuse with another could not be executed: 400. */
const KEPT = new Set([401, 405, 413, 415]);
const contractStatus = (status: number): number => (status < 400 || KEPT.has(status) ? status : 400);

/** Apollo would run an operation and then refuse to answer a client that does not accept its media types. */
function answerInJson({ headers }: FastifyRequest): void {
  if (preferred(headers.accept, MEDIA_TYPES) === undefined) headers.accept = undefined;
}

const MEDIA_TYPES = ['application/json', 'application/graphql-response+json'];

const noop = (): void => undefined;
