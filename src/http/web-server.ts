import { randomUUID } from 'node:crypto';
import Fastify, { FastifyBaseLogger, FastifyInstance, LogController } from 'fastify';
import { requireReadableAddress } from './address';
import { challengeUnauthenticated } from './challenge';
import { allowOrigins, Origins } from './cors';
import { answerFailure } from './failures';
import { acceptJsonBodies } from './json-body';
import { requireReadableIds } from './request-ids';
import { answerUnreadable } from './unreadable-requests';
import { refuseUnrouted } from './unrouted';

export interface WebServerOptions {
  readonly logger: FastifyBaseLogger;
  readonly maxRequestBytes: number;
  /** undefined: only the server's own pages. */
  readonly origins?: Origins;
}

/** The HTTP server of every process, before any routes are added. */
export async function createWebServer(options: WebServerOptions): Promise<FastifyInstance> {
  const fastify = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: options.maxRequestBytes,
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
    frameworkErrors: answerFailure,
    clientErrorHandler: answerUnreadable,
  });
  fastify.setErrorHandler(answerFailure);
  // First, so that what is refused later carries the headers of CORS too.
  if (options.origins !== undefined) await allowOrigins(fastify, options.origins);
  refuseUnrouted(fastify);
  fastify.addHook('onRequest', (request, _reply, done) => {
    requireReadableAddress(request);
    requireReadableIds(request);
    done();
  });
  acceptJsonBodies(fastify);
  challengeUnauthenticated(fastify);
  return fastify;
}
