import { finished, pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fieldsChangedBy } from '../reading/change-lineage';
import { FeedServices } from '../change-feed/feed-services';
import { matches } from '../change-feed/filter';
import { acceptsGzip } from '../http/accept';
import { Identify } from '../http/caller';
import { callerOf, identifyFirst } from '../http/identified';
import { BYTES_PER_POINT, CallerPoints, CPU_MS_PER_POINT } from '../http/caller-points';
import { OngoingOperation } from '../http/ongoing-operation';
import { OperationHooks } from '../http/operation-hooks';
import { varyBy } from '../http/compression';
import { Telemetry } from '../kernel/telemetry';
import { limitExceeded, unwrap } from '../kernel/refusal';
import { Change } from '../read-model/change';
import { ReadingRequest } from '../reading/request';
import { ReadingServices } from '../reading/services';
import { Work, WorkLimits } from '../reading/work';
import { andThen, Awaitable } from '../kernel/async';
import { ExportedChange, exportedChange } from './formats/exported-change';
import { chosenFormat } from './chosen-format';
import { PATHS } from './formats';
import { ParameterTerms, readParameters } from './parameters';
import { Query } from './query-filter';
import { stopping, write } from './write';

export interface ExportServices extends ReadingServices, Pick<ParameterTerms, 'changeFilter'> {
  readonly feed: FeedServices;
}

export interface ExportOptions {
  readonly services: ExportServices;
  readonly identify: Identify;
  readonly telemetry: Telemetry;
}

/**
 * The change feed for batch jobs: everything from a position up to the head as it is when the request starts, in one answer. It
 * is read from the store as fast as the client takes it. If an answer cannot be finished, the connection is aborted. So an answer
 * that ends normally is complete.
 */
export function serveExports(fastify: FastifyInstance, options: ExportOptions): void {
  const hooks = new OperationHooks(options.telemetry, 'export');
  for (const path of PATHS) {
    fastify.route({
      method: 'GET',
      url: path,
      // It would read everything, and send nothing.
      exposeHeadRoute: false,
      onRequest: identifyFirst(options.identify, hooks),
      onSend: (request, reply, payload, done) => {
        // An export that has begun ends with its stream.
        if (reply.statusCode >= 400) hooks.answered(request, reply);
        done(null, payload);
      },
      handler: (request, reply) => answer(options, path, hooks.of(request), request, reply),
      errorHandler: (error, request, reply) => {
        reply.removeHeader('content-encoding').removeHeader('x-position');
        fastify.errorHandler(error, request, reply);
      },
    });
  }
}

async function answer(
  { services: shared }: ExportOptions,
  path: string,
  ongoing: OngoingOperation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { principal, signal: hangUp, points } = callerOf(request);
  const reading = new ReadingRequest(shared, principal, hangUp, WITHOUT_LIMIT);
  reading.requireReading();
  const { services } = reading;
  const exportFormat = chosenFormat(path, request.headers.accept);
  const { after, limit, filter, withFields, format } = readParameters(request.query as Query, services);
  const writer = exportFormat.writer(format);
  const { position: head } = await reading.present();
  // A position past the one that this request sees may still be one of the ledger's; beyond the head it is refused.
  if (after > head) unwrap(await services.reader.resolve({ position: after }, '/after'));
  const upTo = after > head ? after : head;
  services.patience?.lift();

  const release = services.feed.quota.acquire(principal.sub);
  if (typeof release === 'string')
    return unwrap(limitExceeded(release, 'There are too many readers of the feed; close some first'));
  const wants = (change: Change): boolean => matches(filter, change, services.calendar);
  const itemOf = (change: Change): Awaitable<ExportedChange> =>
    withFields
      ? andThen(fieldsChangedBy(services, services, change), (fields) =>
          exportedChange(services.lineages, change, fields),
        )
      : exportedChange(services.lineages, change);
  const { draining } = services.feed;
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, draining]);
  const text = write(
    { store: services.store, wants, itemOf, after, upTo, limit, signal, owner: principal.sub },
    writer,
  );
  const source = Readable.from(points === undefined ? text : charging(text, points, reading.work), {
    objectMode: false,
  });
  // Not on `draining` itself, which all requests share: Node would warn about the number of listeners.
  signal.addEventListener('abort', () => {
    if (draining.aborted) source.destroy(stopping());
  });
  finished(reply.raw, () => {
    over.abort();
    release();
    ongoing.end();
  });

  ongoing.type = 'export';
  varyBy(reply, 'Accept, Accept-Encoding');
  const zip = acceptsGzip(request.headers['accept-encoding']);
  reply.headers({
    'content-type': writer.contentType,
    'cache-control': 'no-store',
    'x-position': upTo.toString(),
    ...(zip ? { 'content-encoding': 'gzip' } : {}),
  });
  return reply.send(zip ? pipeline(source, createGzip(), noop) : source);
}

/** An export is as long as it is. The caller pays for it in points. */
const WITHOUT_LIMIT: WorkLimits = {
  maxAnswerFields: Infinity,
  maxAnswerBytes: Infinity,
  maxCpuMs: Infinity,
  maxListLength: Infinity,
};

/** Charges a text as it is written, by its size or by the work that it took. It is not stopped: the next request is refused, if the caller has no points left. */
async function* charging(text: AsyncIterable<string>, points: CallerPoints, work: Work): AsyncGenerator<string> {
  let charged = 0;
  for await (const piece of text) {
    const { cpuMs } = work.cost;
    points.charge(Math.max(piece.length / BYTES_PER_POINT, (cpuMs - charged) / CPU_MS_PER_POINT));
    charged = cpuMs;
    yield piece;
  }
}

const noop = (): void => undefined;
