import { randomUUID } from 'node:crypto';
import Fastify, { FastifyBaseLogger, FastifyInstance, LogController } from 'fastify';
import { requireReadableAddress } from './address';
import { answerFailure } from './failures';
import { acceptJsonBodies } from './json-body';
import { requireReadableIds } from './request-ids';
import { answerUnreadable } from './unreadable-requests';

export interface WebServerOptions {
  readonly logger: FastifyBaseLogger;
  readonly maxRequestBytes: number;
}

/** What every process answers HTTP with, whatever it serves. */
export function createWebServer({ logger, maxRequestBytes }: WebServerOptions): FastifyInstance {
  const fastify = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: maxRequestBytes,
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
    frameworkErrors: answerFailure,
    clientErrorHandler: answerUnreadable,
  });
  acceptJsonBodies(fastify);
  fastify.addHook('onRequest', (request, _reply, done) => {
    requireReadableAddress(request);
    requireReadableIds(request);
    done();
  });
  fastify.setErrorHandler(answerFailure);
  return fastify;
}
