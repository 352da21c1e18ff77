import { randomUUID } from 'node:crypto';
import Fastify, { FastifyBaseLogger, FastifyInstance, LogController } from 'fastify';
import { requireReadableAddress } from '../http/address';
import { challengeUnauthenticated } from '../http/challenge';
import { enableCompression } from '../http/compression';
import { allowOrigins, Origins } from '../http/cors';
import { failureAnswer } from '../http/failures';
import { FaultLog } from '../http/problem';
import { acceptJsonBodies } from '../http/json-body';
import { requireReadableIds } from '../http/request-ids';
import { answerUnreadable } from '../http/unreadable-requests';
import { refuseUnrouted } from '../http/unrouted';

export interface WebServerOptions {
  readonly logger: FastifyBaseLogger;
  readonly maxRequestBytes: number;
  /** undefined: only the server's own pages. */
  readonly origins?: Origins;
  /** Called for each request that an outage refuses; undefined: each is logged. */
  readonly onOutage?: FaultLog['outage'];
}

/** The web server of a process: each entry point serves on it. */
export async function createWebServer(options: WebServerOptions): Promise<FastifyInstance> {
  const answerFailure = failureAnswer(options.onOutage);
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
  await enableCompression(fastify);
  return fastify;
}
