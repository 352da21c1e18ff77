import { randomUUID } from 'node:crypto';
import Fastify, { FastifyBaseLogger, FastifyInstance, LogController } from 'fastify';
import { requireReadableAddress, requireReadableHost } from '../http/address';
import { keepNoAnswers } from '../http/caching';
import { challengeUnauthenticated } from '../http/challenge';
import { enableCompression } from '../http/compression';
import { ConnectionLimits, DEFAULT_CONNECTION_LIMITS } from '../http/connection-limits';
import { allowOrigins, Origins } from '../http/cors';
import { leaveContinueToRoutes } from '../http/expectations';
import { failureAnswer } from '../http/failures';
import { FaultLog } from '../http/problem';
import { acceptJsonBodies } from '../http/json-body';
import { closeUnreadRequests } from '../http/lingering-close';
import { ReceivedBytes } from '../http/received-bytes';
import { beginInOrder } from '../http/pipelined-requests';
import { requireReadableIds } from '../http/request-ids';
import { sendTogether } from '../http/sent-together';
import { endSlowReaders } from '../http/slow-readers';
import { answerUnreadable } from '../http/unreadable-requests';
import { refuseUnrouted } from '../http/unrouted';
import { Limits } from '../kernel/limits';

export interface WebServerOptions {
  readonly logger: FastifyBaseLogger;
  readonly limits: Pick<Limits, 'maxRequestBytes' | 'maxReceivingBytes'>;
  readonly connections?: ConnectionLimits;
  /** undefined: only the server's own pages. */
  readonly origins?: Origins;
  /** Called for each request that an outage refuses; undefined: each is logged. */
  readonly onOutage?: FaultLog['outage'];
}

/** The web server of a process: each entry point serves on it. */
export async function createWebServer(options: WebServerOptions): Promise<FastifyInstance> {
  const { logger, limits, origins, connections = DEFAULT_CONNECTION_LIMITS } = options;
  const answerFailure = failureAnswer(options.onOutage);
  const fastify = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    connectionTimeout: connections.silentMs,
    requestTimeout: connections.requestMs,
    keepAliveTimeout: connections.keepAliveMs,
    http: { headersTimeout: connections.headersMs, connectionsCheckingInterval: connections.checkMs },
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
    frameworkErrors: answerFailure,
    clientErrorHandler: answerUnreadable(connections),
  });
  fastify.server.maxConnections = connections.maxConnections;
  fastify.setErrorHandler(answerFailure);
  beginInOrder(fastify, connections);
  keepNoAnswers(fastify);
  // Before the others, so that what is refused later carries the headers of CORS too.
  if (origins !== undefined) await allowOrigins(fastify, origins);
  refuseUnrouted(fastify);
  fastify.addHook('onRequest', (request, _reply, done) => {
    requireReadableHost(request);
    requireReadableAddress(request);
    requireReadableIds(request);
    done();
  });
  const received = new ReceivedBytes(limits.maxReceivingBytes);
  acceptJsonBodies(fastify, { maxBytes: limits.maxRequestBytes, received });
  closeUnreadRequests(fastify, connections);
  leaveContinueToRoutes(fastify);
  endSlowReaders(fastify, connections);
  challengeUnauthenticated(fastify);
  sendTogether(fastify);
  await enableCompression(fastify);
  return fastify;
}
