import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GraphQLSchema } from 'graphql';
import { preferred } from '../../http/accept';
import { Identify } from '../../http/caller';
import { ConditionalRequest, NOT_MODIFIED } from '../../http/conditional-request';
import { callerOf, identifyFirst } from '../../http/identified';
import { varyBy } from '../../http/compression';
import { OperationHooks } from '../../http/operation-hooks';
import { statusOfFramework } from '../../http/statuses';
import { Telemetry } from '../../kernel/telemetry';
import { FormatError } from '../errors';
import { Guard } from '../execution/guard';
import { MeteredExecution } from '../execution/metered-execution';
import { LastingExecution } from '../lasting/lasting-execution';
import { apolloExecution } from './apollo-gateway';
import { apolloGuard, PERSISTED_QUERIES } from './apollo-guard';
import { MakeContext } from './context';
import { OUTAGE_STATUS, RETRY_AFTER } from './outage-answer';
import { withOperation } from './context-operation';

export interface HttpOptions {
  readonly path: string;
  readonly schema: GraphQLSchema;
  readonly execution: MeteredExecution;
  /** Answers GET requests; undefined if no cache may keep an answer. */
  readonly lasting: LastingExecution | undefined;
  readonly guard: Guard;
  readonly format: FormatError;
  readonly identify: Identify;
  readonly context: MakeContext;
  readonly telemetry: Telemetry;
}

/** GraphQL over HTTP at one path, through Apollo Server. Returns a function that answers the requests that have begun, and stops. */
export async function serveHttp(fastify: FastifyInstance, options: HttpOptions): Promise<() => Promise<void>> {
  const { identify, context, telemetry, lasting } = options;
  const operations = new OperationHooks(telemetry, 'http');
  const apollo = apolloServer(fastify, options);
  await apollo.start();
  const handler = fastifyApolloHandler(apollo, {
    context(request) {
      const operation = operations.of(request);
      if (lasting !== undefined && request.method === 'GET') operation.conditional = conditionalOf(request);
      return Promise.resolve(withOperation(context(callerOf(request)), operation));
    },
  });
  fastify.route({
    method: ['GET', 'POST'],
    url: options.path,
    exposeHeadRoute: false,
    compress: {},
    onRequest: identifyFirst(identify, operations),
    preHandler: (request, reply, done) => {
      varyBy(reply, 'accept-encoding');
      answerInJson(request);
      done();
    },
    handler,
    onSend: (request, reply, payload, done) => {
      const { conditional, isOutage } = operations.of(request);
      if (isOutage) reply.code(OUTAGE_STATUS).header('retry-after', RETRY_AFTER);
      else reply.code(statusOfFramework(reply.statusCode));
      conditional?.describe(reply);
      operations.answered(request, reply);
      done(null, reply.statusCode === NOT_MODIFIED ? null : payload);
    },
  });
  return () => apollo.stop();
}

function apolloServer(fastify: FastifyInstance, options: HttpOptions): ApolloServer {
  const { schema, execution, lasting, guard, format, telemetry } = options;
  return new ApolloServer({
    ...apolloExecution(schema, execution, lasting),
    // The guards parse and validate, for every transport.
    dangerouslyDisableValidation: true,
    documentStore: null,
    logger: {
      debug: noop,
      info: noop,
      warn: (message: unknown) => {
        telemetry.report({ kind: 'framework-warning', message: String(message) });
      },
      error: (message: unknown) => {
        telemetry.report({ kind: 'fault', details: {}, message: String(message) });
      },
    },
    formatError: format,
    includeStacktraceInErrorResponses: false,
    introspection: true,
    persistedQueries: PERSISTED_QUERIES,
    // Only a bearer token identifies a caller, and no browser adds one by itself.
    csrfPrevention: false,
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      fastifyApolloDrainPlugin(fastify),
      apolloGuard(guard, format),
    ],
  });
}

/** Apollo would run an operation and then refuse to answer a client that does not accept its media types. */
function answerInJson({ headers }: FastifyRequest): void {
  if (preferred(headers.accept, MEDIA_TYPES) === undefined) headers.accept = undefined;
}

const conditionalOf = ({ headers }: FastifyRequest): ConditionalRequest =>
  new ConditionalRequest(headers, preferred(headers.accept, MEDIA_TYPES) ?? '');

const MEDIA_TYPES = ['application/json', 'application/graphql-response+json'];

const noop = (): void => undefined;
