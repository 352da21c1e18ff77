import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Action } from '../actions/action';
import { Body, bytesIn, readBody } from '../http/body';
import { Identify } from '../http/caller';
import { BYTES_PER_POINT } from '../http/caller-points';
import { callerOf, identifyFirst } from '../http/identified';
import { OperationHooks } from '../http/operation-hooks';
import { ReceivedBytes } from '../http/received-bytes';
import { HttpRefusal } from '../http/refusal';
import { RequestsInFlight } from '../http/requests-in-flight';
import { Telemetry } from '../kernel/telemetry';
import { ProcessStarter } from '../machine/starter/process-starter';
import { ReadingRequest } from '../reading/request';
import { readFile } from './file/read-file';
import { ImportDesk, importFile, ImportServices, requireImporting } from './import-file';
import { ImportReport } from './import-report';
import { reportText } from './report-text';
import { readOrder } from './read-order';
import { RuleMeanings } from './refusal-words';

export interface ImportOptions {
  readonly services: ImportServices;
  readonly actions: ReadonlyMap<string, Action>;
  readonly rules: RuleMeanings;
  readonly identify: Identify;
  readonly telemetry: Telemetry;
  readonly starter: ProcessStarter;
  /** Reads the cells of a file; by default in a process of its own. */
  readonly readFile?: typeof readFile;
}

/** Files that one node reads at the same time. */
const FILES_AT_ONCE = 4;
/** Half of them: one caller leaves room for others. */
const FILES_OF_ONE_CALLER = 2;

/** Takes forms and tables of payments as files: `POST /imports`. */
export function serveImports(fastify: FastifyInstance, options: ImportOptions): void {
  const { services, identify, telemetry } = options;
  const { maxImportBytes, maxReceivingBytes } = services.limits;
  const hooks = new OperationHooks(telemetry, 'import');
  const received = new ReceivedBytes(maxReceivingBytes);
  const ofCallers = new RequestsInFlight(FILES_OF_ONE_CALLER, tooManyFiles);
  let reading = 0;
  const reportOn = async (request: FastifyRequest, body: Body): Promise<ImportReport> => {
    const desk = deskOf(request, options);
    const opened = desk.open();
    requireImporting(opened);
    const order = await readOrder(request.headers['content-type'] ?? '', body, opened.work);
    hooks.of(request).type = 'import';
    callerOf(request).points?.charge(bytesIn(order.file) / BYTES_PER_POINT);
    return importFile(desk, order);
  };
  void fastify.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('multipart/form-data', (request, payload, parsed) => {
      const limits = { maxBytes: maxImportBytes, received, limit: 'maxImportBytes' } as const;
      readBody(payload, callerOf(request).principal.sub, limits, parsed);
    });
    scope.addContentTypeParser('*', (_request, _payload, parsed) => {
      parsed(new HttpRefusal('UNSUPPORTED_MEDIA_TYPE', 'A file is sent as multipart/form-data'));
    });
    scope.route({
      method: 'POST',
      url: '/imports',
      onRequest: identifyFirst(identify, hooks),
      onSend: (request, reply, payload, sent) => {
        hooks.answered(request, reply);
        sent(null, payload);
      },
      async handler(request, reply) {
        const body = request.body as Body | undefined;
        if (body === undefined) throw new HttpRefusal('BAD_USER_INPUT', 'The request has no body');
        if (reading >= FILES_AT_ONCE) throw busy();
        const release = ofCallers.enter(callerOf(request).principal.sub);
        reading++;
        const report = await reportOn(request, body).finally(() => {
          reading--;
          release();
        });
        return reply.type('application/json; charset=utf-8').send(Readable.from(reportText(report)));
      },
    });
    done();
  });
}

function deskOf(
  request: FastifyRequest,
  { services, actions, rules, starter, readFile: read = readFile }: ImportOptions,
): ImportDesk {
  const { principal, signal, correlationId, causationId } = callerOf(request);
  return {
    open: () => new ReadingRequest(services, principal, signal),
    caller: { principal, correlationId, causationId },
    actions,
    rules,
    readFile: (file, work) => read(file, { signal, work, starter }),
  };
}

const tooManyFiles = (most: number): HttpRefusal =>
  new HttpRefusal('TOO_MANY_REQUESTS', `The server is reading ${most} files of yours; wait for one of them`, {
    'retry-after': '1',
  });
const busy = (): HttpRefusal =>
  new HttpRefusal('OVERLOADED', 'The server is reading other files; try again', { 'retry-after': '1' });
