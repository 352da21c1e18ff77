import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { BYTES_PER_POINT, CallerPoints, CPU_MS_PER_POINT } from '../http/caller-points';
import { Identify } from '../http/caller';
import { callerOf, identifyFirst } from '../http/identified';
import { OperationHooks } from '../http/operation-hooks';
import { HttpRefusal } from '../http/refusal';
import { Query } from '../input/query-filter';
import { RequestAborted } from '../kernel/outage';
import { Telemetry } from '../kernel/telemetry';
import { cpuMs } from '../kernel/turns';
import { ReadingRequest } from '../reading/request';
import { ReadingServices } from '../reading/services';
import { ReportDocument } from './document/block';
import { ReportFormat } from './formats/format';
import { PrintError } from './formats/pdf/print-error';
import { makeReport } from './make-report';
import { readReportRequest } from './parameters';

export interface ReportOptions {
  readonly services: ReadingServices;
  readonly identify: Identify;
  readonly telemetry: Telemetry;
  readonly formats: readonly ReportFormat[];
}

/** The reports of evaluations, as of any moment, in each format. */
export function serveReports(fastify: FastifyInstance, options: ReportOptions): void {
  for (const format of options.formats) serve(fastify, options, format);
}

function serve(fastify: FastifyInstance, { services, identify, telemetry }: ReportOptions, format: ReportFormat): void {
  const hooks = new OperationHooks(telemetry, 'export');
  fastify.route({
    method: 'GET',
    url: `/reports/evaluation/:department/:year(^\\d+).${format.extension}`,
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
      const wanted = readReportRequest(request.params as { department: string; year: string }, request.query as Query);
      const { document, position } = await makeReport(reading.services, wanted);
      reading.recordReads(() => [`report.${format.extension}`]);
      const file = await written(format, document, reply);
      charge(points, file, reading.work.cost.cpuMs);
      hooks.of(request).type = 'export';
      const { department, fiscalYear } = wanted;
      return reply
        .headers({
          'content-type': format.contentType,
          'content-disposition': `inline; filename="evaluation-${department}-${fiscalYear}.${format.extension}"`,
          'cache-control': 'no-store',
          'x-position': position.toString(),
        })
        .send(file.bytes);
    },
  });
}

interface WrittenFile {
  readonly bytes: Buffer;
  readonly cpuMs: number;
}

/** Throws `HttpRefusal` if there is no PDF, and `RequestAborted` if the client has left. */
async function written(format: ReportFormat, document: ReportDocument, reply: FastifyReply): Promise<WrittenFile> {
  const leaving = new AbortController();
  const leave = (): void => {
    leaving.abort();
  };
  reply.raw.once('close', leave);
  const before = cpuMs();
  try {
    const bytes = Buffer.from(await format.write(document, leaving.signal));
    return { bytes, cpuMs: cpuMs() - before };
  } catch (error) {
    if (leaving.signal.aborted) throw new RequestAborted();
    throw error instanceof PrintError ? refusalOf(error) : error;
  } finally {
    reply.raw.off('close', leave);
  }
}

function refusalOf({ reason, message }: PrintError): HttpRefusal {
  switch (reason) {
    case 'MISSING':
      return new HttpRefusal(
        'NOT_ACCEPTABLE',
        `The report comes as md, html and docx. A PDF needs LibreOffice Writer on the server: ${message}`,
      );
    case 'BUSY':
      return new HttpRefusal('OVERLOADED', `${message}; try again later`);
    case 'FAILED':
      return new HttpRefusal('UNAVAILABLE', `No PDF was made: ${message}; try again, or take the DOCX`);
  }
}

/** Reading and writing are paid for by their CPU time, or by the size of the file. */
function charge(points: CallerPoints | undefined, { bytes, cpuMs: writing }: WrittenFile, reading: number): void {
  points?.charge(Math.max(bytes.length / BYTES_PER_POINT, (reading + writing) / CPU_MS_PER_POINT));
}
