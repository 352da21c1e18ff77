import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Identify } from '../http/caller';
import { identifyFirst, callerOf } from '../http/identified';
import { OperationHooks } from '../http/operation-hooks';
import { Telemetry } from '../kernel/telemetry';
import { ReadingRequest } from '../reading/request';
import { WorkLimits } from '../reading/work';
import { Answer, send } from './send';
import { ExportServices } from './services';

export interface ExportOptions {
  readonly services: ExportServices;
  readonly identify: Identify;
  readonly telemetry: Telemetry;
}

type Answering = (reading: ReadingRequest<ExportServices>, request: FastifyRequest) => Promise<Answer>;

/** Puts one address on the server whose answers may be of any length. */
export function serveExport(
  fastify: FastifyInstance,
  options: ExportOptions,
  path: string,
  answering: Answering,
): void {
  const { services, identify, telemetry } = options;
  const hooks = new OperationHooks(telemetry, 'export');
  fastify.route({
    method: 'GET',
    url: path,
    // It would read everything, and send nothing.
    exposeHeadRoute: false,
    onRequest: identifyFirst(identify, hooks),
    onSend: (request, reply, payload, done) => {
      // An export that has begun ends with its stream.
      if (reply.statusCode >= 400) hooks.answered(request, reply);
      done(null, payload);
    },
    async handler(request: FastifyRequest, reply: FastifyReply) {
      const { principal, signal } = callerOf(request);
      const reading = new ReadingRequest(services, principal, signal, WITHOUT_LIMIT);
      reading.requireReading();
      const answer = await answering(reading, request);
      reading.recordReads(() => answer.fields);
      return send(services.feed, hooks.of(request), request, reply, answer);
    },
    errorHandler: (error, request, reply) => {
      reply.removeHeader('content-encoding').removeHeader('x-position');
      fastify.errorHandler(error, request, reply);
    },
  });
}

/** An export may be of any length. The caller pays for it in points. */
const WITHOUT_LIMIT: WorkLimits = {
  maxAnswerFields: Infinity,
  maxAnswerBytes: Infinity,
  maxCpuMs: Infinity,
  maxListLength: Infinity,
};
