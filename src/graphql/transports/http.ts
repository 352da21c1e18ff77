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
import { COMPRESSION, varyBy } from '../../http/compression';
import { OperationHooks } from '../../http/operation-hooks';
import { statusOfFramework } from '../../http/statuses';
import { Telemetry } from '../../kernel/telemetry';
import { FormatError } from '../errors';
import { Guards } from '../execution/guards';
import { HTTP_GET, HTTP_POST } from '../execution/operation-kinds';
import { GuardedRequest } from '../execution/request';
import { apolloExecution } from './apollo-gateway';
import { apolloGuard, PERSISTED_QUERIES } from './apollo-guard';
import { MakeContext } from './context';
import { withOperation } from './context-operation';
import { answerDirectly } from './direct-http';
import { Operations } from './operations';
import { OUTAGE_STATUS, RETRY_AFTER } from './outage-answer';
import { receivedRequest } from './received-request';

export interface HttpOptions {
  readonly path: string;
  readonly schema: GraphQLSchema;
  readonly operations: Operations;
  readonly guards: Guards;
  readonly format: FormatError;
  readonly identify: Identify;
  readonly context: MakeContext;
  readonly telemetry: Telemetry;
}

/**
 * GraphQL over HTTP at one path. Apollo Server answers, except what is asked again: an ordinary request for a document that is known goes through
 * the guards and the execution alone. Returns a function that answers the requests that have begun, and stops.
 */
export async function serveHttp(fastify: FastifyInstance, options: HttpOptions): Promise<() => Promise<void>> {
  const { identify, context, telemetry, operations, guards, format } = options;
  const hooks = new OperationHooks(telemetry, 'http');
  const apollo = apolloServer(fastify, options);
  await apollo.start();
  const byApollo = fastifyApolloHandler(apollo, {
    context: (request) => Promise.resolve(withOperation(context(callerOf(request)), hooks.of(request))),
  });
  const direct = answerDirectly({ operations, hooks, format, context });
  fastify.route({
    method: ['GET', 'POST'],
    url: options.path,
    exposeHeadRoute: false,
    compress: COMPRESSION,
    onRequest: identifyFirst(identify, hooks),
    preHandler: (request, reply, done) => {
      varyBy(reply, 'accept-encoding');
      const mediaType = mediaTypeOf(request);
      const ongoing = hooks.of(request);
      if (request.method === 'GET') ongoing.conditional = new ConditionalRequest(request.headers, mediaType);
      const asked = ordinaryRequest(request);
      if (asked === undefined || !guards.knows(asked)) {
        done();
        return;
      }
      direct(asked, request, reply.type(`${mediaType}; charset=utf-8`))
        .then((text) => {
          // Not returned: a reply is a promise too, which is rejected if the client goes away.
          void reply.send(text);
        })
        .catch(done);
    },
    handler: byApollo,
    onSend: (request, reply, payload, done) => {
      const { conditional, isOutage } = hooks.of(request);
      if (isOutage) reply.code(OUTAGE_STATUS).header('retry-after', RETRY_AFTER);
      else reply.code(statusOfFramework(reply.statusCode));
      conditional?.describe(reply);
      hooks.answered(request, reply);
      done(null, reply.statusCode === NOT_MODIFIED ? null : payload);
    },
  });
  return () => apollo.stop();
}

/** A request that needs no explanation. Apollo Server tells the senders of all others what is wrong. */
function ordinaryRequest(request: FastifyRequest): GuardedRequest | undefined {
  const isGet = request.method === 'GET';
  if (isGet && request.headers['content-type'] !== undefined) return undefined;
  const asked = receivedRequest(request);
  return asked && { ...asked, kinds: isGet ? HTTP_GET : HTTP_POST };
}

function apolloServer(fastify: FastifyInstance, options: HttpOptions): ApolloServer {
  const { schema, operations, guards, format, telemetry } = options;
  return new ApolloServer({
    ...apolloExecution(schema, operations),
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
      apolloGuard(guards.judge, format),
    ],
  });
}

/** The media type of the answer. Apollo would run an operation and then refuse to answer a client that accepts none. */
function mediaTypeOf({ headers }: FastifyRequest): string {
  headers.accept = preferred(headers.accept, MEDIA_TYPES) ?? JSON_TYPE;
  return headers.accept;
}

const JSON_TYPE = 'application/json';
const MEDIA_TYPES = [JSON_TYPE, 'application/graphql-response+json'];

const noop = (): void => undefined;
