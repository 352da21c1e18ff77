import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify, {
  FastifyBaseLogger,
  FastifyError,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  LogController,
} from 'fastify';
import { GraphQLError, GraphQLSchema } from 'graphql';
import { randomUUID } from 'node:crypto';
import { TokenVerifier } from '../../auth/token-verifier';
import { asGateway, CompiledExecution } from '../compiled-execution';
import { andThen, Awaitable } from '../../kernel/async';
import { ErrorCode, errorFormatter, unwrap } from '../errors';
import { Limits, limitsRule } from '../limits';
import { documentSize } from '../document-size';
import { noSubscriptions } from '../no-subscriptions';
import { variableViolations } from '../variable-violations';
import { Caller, MakeContext } from './caller';
import { Operations } from './operations';
import { servePull } from './pull';
import { serveEvents } from './sse';
import { serveWebSocket } from './websocket';

export interface HttpOptions<Context extends object> {
  readonly schema: GraphQLSchema;
  readonly verifier: TokenVerifier;
  readonly limits: Limits;
  readonly logger: FastifyBaseLogger;
  readonly context: MakeContext<Context>;
}

export interface HttpServer {
  /** For the routes beside GraphQL; it listens when the owner says so. */
  readonly fastify: FastifyInstance;
  /** Takes nothing new, answers what it has begun, and closes. */
  readonly stop: () => Promise<void>;
}

/** GraphQL over HTTP at `/graphql`, for holders of a valid bearer token. */
export async function createHttpServer<Context extends object>(options: HttpOptions<Context>): Promise<HttpServer> {
  const { schema, verifier, limits, logger } = options;
  const fastify = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: limits.maxRequestBytes,
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
  });
  const execution = new CompiledExecution(schema);
  const apollo = new ApolloServer<Context>({
    gateway: asGateway(schema, execution),
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
    validationRules: [limitsRule(limits)],
    formatError: errorFormatter(logger),
    includeStacktraceInErrorResponses: false,
    introspection: true,
    // Its errors are a protocol of their own, with codes outside the contract's list.
    persistedQueries: false,
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      fastifyApolloDrainPlugin(fastify),
      documentSize(limits),
      noSubscriptions,
      variableViolations,
    ],
  });
  await apollo.start();

  const handler = fastifyApolloHandler(apollo, {
    context: async (request) => {
      const caller = callerOf(verifier, request);
      return options.context(caller instanceof Promise ? await caller : caller);
    },
  });
  const identify = async (request: FastifyRequest) => callerOf(verifier, request);
  const operations = new Operations(schema, execution, limits, logger);
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
  });
  fastify.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    handler,
    onSend: (_request, reply, payload, done) => {
      reply.code(contractStatus(reply.statusCode));
      done(null, payload);
    },
  });
  fastify.setErrorHandler(answerFailure);

  return {
    fastify,
    async stop() {
      await closeSockets();
      await apollo.stop();
    },
  };
}

/** Who asks; throws the refusal of a token. */
function callerOf(verifier: TokenVerifier, request: FastifyRequest): Awaitable<Caller> {
  return andThen(verifier.verify(request.headers.authorization), (verified) => ({
    principal: unwrap(verified),
    correlationId: identifier(request, 'x-correlation-id') ?? request.id,
    causationId: identifier(request, 'x-causation-id'),
  }));
}

/** The contract knows 200, 400, 401 and 413: what a framework refuses in another way could not be executed. */
const contractStatus = (status: number): number => (status < 400 || status === 401 || status === 413 ? status : 400);

/** A request that did not get as far as GraphQL, answered in its form. */
function answerFailure(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof GraphQLError) {
    const { http, ...extensions } = error.extensions as { code: ErrorCode; http?: { status?: number } };
    send(reply, http?.status ?? 400, error.message, extensions);
    return;
  }
  const status = error.statusCode ?? 500;
  if (status >= 500) {
    const id = randomUUID();
    request.log.error({ err: error, id }, 'a request failed');
    send(reply, 500, `Something went wrong on our side (${id})`, { code: 'INTERNAL_SERVER_ERROR', id });
  } else if (status === 413) {
    send(reply, 413, 'The request has too many bytes', { code: 'LIMIT_EXCEEDED' });
  } else {
    send(reply, 400, error.message, { code: 'BAD_USER_INPUT' });
  }
}

function send(
  reply: FastifyReply,
  status: number,
  message: string,
  extensions: { code: ErrorCode; id?: string },
): void {
  void reply.code(status).send({ errors: [{ message, extensions }] });
}

/** Ids that callers give are recorded, so they are kept short and printable. */
function identifier({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' && /^[\x21-\x7e]{1,128}$/.test(value) ? value : undefined;
}

const noop = (): void => undefined;
