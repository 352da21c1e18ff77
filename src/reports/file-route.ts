import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { BYTES_PER_POINT, CallerPoints, CPU_MS_PER_POINT } from '../http/caller-points';
import { Identify } from '../http/caller';
import { callerOf, identifyFirst } from '../http/identified';
import { OperationHooks } from '../http/operation-hooks';
import { Query } from '../input/query-filter';
import { RequestAborted } from '../kernel/outage';
import { Telemetry } from '../kernel/telemetry';
import { ReadingRequest } from '../reading/request';
import { ReadingServices } from '../reading/services';
import { Waiting } from './writing/file-writer';

export interface FileServices {
  readonly services: ReadingServices;
  readonly identify: Identify;
  readonly telemetry: Telemetry;
}

/** What a client asks a file for. */
export interface FileRequest {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly waiting: Waiting;
}

export interface MadeFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** What the file shows is the ledger at this position. */
  readonly position: bigint;
}

export type MakeFile = (reading: ReadingRequest<ReadingServices>, request: FileRequest) => Promise<MadeFile>;

/** Serves a file that is made as a whole, as its caller may see the ledger. */
export function serveFile(
  fastify: FastifyInstance,
  { services, identify, telemetry }: FileServices,
  url: string,
  make: MakeFile,
): void {
  const hooks = new OperationHooks(telemetry, 'export');
  fastify.route({
    method: 'GET',
    url,
    // It would make everything, and send nothing.
    exposeHeadRoute: false,
    onRequest: identifyFirst(identify, hooks),
    onSend: (request, reply, _payload, done) => {
      hooks.answered(request, reply);
      done();
    },
    async handler(request: FastifyRequest, reply: FastifyReply) {
      const { principal, signal, points } = callerOf(request);
      const reading = new ReadingRequest(services, principal, signal);
      reading.requireReading();
      const file = await made(reading, request, reply, points, make);
      hooks.of(request).type = 'export';
      return reply
        .headers({
          'content-type': file.contentType,
          'content-disposition': `inline; filename="${file.name}"`,
          'x-position': file.position.toString(),
        })
        .send(Buffer.from(file.bytes));
    },
  });
}

/** The file, which is paid for by its size, or by the CPU time that reading and writing took. What it waited for others is not its own. */
async function made(
  reading: ReadingRequest<ReadingServices>,
  { params, query }: FastifyRequest,
  reply: FastifyReply,
  points: CallerPoints | undefined,
  make: MakeFile,
): Promise<MadeFile> {
  const leaving = new AbortController();
  const leave = (): void => {
    leaving.abort();
  };
  reply.raw.once('close', leave);
  let writingMs = 0;
  try {
    const waiting = {
      owner: reading.principal.sub,
      leaving: leaving.signal,
      took: (ms: number) => void (writingMs += ms),
    };
    const request = { path: params as Record<string, string>, query: query as Query, waiting };
    const file = await make(reading, request);
    const { cpuMs } = reading.work.cost;
    points?.charge(Math.max(file.bytes.length / BYTES_PER_POINT, (cpuMs + writingMs) / CPU_MS_PER_POINT));
    return file;
  } catch (error) {
    throw leaving.signal.aborted ? new RequestAborted() : error;
  } finally {
    reply.raw.off('close', leave);
  }
}
