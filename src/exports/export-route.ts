import { finished, pipeline, Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, GraphQLSchema, isInputObjectType } from 'graphql';
import { matches } from '../change-feed/filter';
import { varyBy } from '../http/compression';
import { answerFailure } from '../http/failures';
import { HttpRefusal } from '../http/refusal';
import { Outage } from '../kernel/outage';
import { Change } from '../read-model/change';
import { TemporalReader } from '../read-model/temporal-store';
import { RequestContext } from '../graphql/context';
import { ErrorCode, errorFormatter, FaultLog, limitExceeded, unwrap } from '../graphql/errors';
import { Caller } from '../graphql/transports/caller';
import { acceptsGzip, preferred } from './accept';
import { CLOUD_EVENTS, csv, CsvOptions, Form, NDJSON } from './formats';
import { Query, readPull } from './export-request';

export interface PullOptions {
  readonly schema: GraphQLSchema;
  /** Refuses by throwing. */
  readonly identify: (request: FastifyRequest, reply: FastifyReply) => Promise<Caller>;
  readonly context: (caller: Caller) => object;
  readonly log: FaultLog;
}

const FORMS = ['application/x-ndjson', 'text/csv', 'application/cloudevents-batch+json'] as const;
type MediaType = (typeof FORMS)[number];

/** The media types that each address can answer with, and what it answers where the client likes none of them. */
const ADDRESSES: Readonly<Record<string, { readonly forms: readonly MediaType[]; readonly otherwise?: MediaType }>> = {
  '/changes': { forms: FORMS },
  '/changes.ndjson': { forms: [FORMS[0], FORMS[2]], otherwise: FORMS[0] },
  '/changes.csv': { forms: [FORMS[1]], otherwise: FORMS[1] },
};

const STATUS: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  LIMIT_EXCEEDED: 429,
  INTERNAL_SERVER_ERROR: 500,
  READ_MODEL_BEHIND: 503,
  UNAVAILABLE: 503,
};
const RETRY_AFTER_S = 1;
/** So many changes are held at a time for one reader. */
const BATCH = 500;

/**
 * The change feed for batch jobs: everything from a position up to the head as it is when the request starts, in one answer. It
 * is read from the store as fast as the client takes it. An answer that cannot be finished is broken off, never ended, so what
 * came to its end is whole.
 */
export function servePull(fastify: FastifyInstance, { schema, identify, context, log }: PullOptions): void {
  const known = schema.getType('ChangeFilter');
  // A schema without the feed has nothing to pull.
  if (!isInputObjectType(known)) return;
  const filterType = known;
  const format = errorFormatter(log);

  async function answer(request: FastifyRequest, reply: FastifyReply, url: string): Promise<FastifyReply> {
    const asking = context(await identify(request, reply)) as RequestContext;
    const { services, principal } = asking;
    asking.requireReading();
    const mediaType = mediaTypeOf(request, url);
    const { after, limit, filter, csv: csvOptions } = readPull(request.query as Query, filterType, services);
    const form = formOf(mediaType, csvOptions);
    const { position: head } = await asking.present();
    // A position past the one that this request sees may still be one of the ledger's; beyond the head it is refused.
    if (after > head) unwrap(await services.reader.resolve({ position: after }, '/after'));
    const upTo = after > head ? after : head;

    const release = services.feed.quota.acquire(principal.sub);
    if (typeof release === 'string')
      throw limitExceeded(release, 'There are too many readers of the feed; close some first');
    const wants = (change: Change): boolean => matches(filter, change, services.calendar);
    const { draining } = services.feed;
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, draining]);
    const text = write({ store: services.store, wants, after, upTo, limit, signal }, form);
    const source = Readable.from(text, { objectMode: false });
    // Not on `draining` itself, which all requests share: it would warn of so many listeners.
    signal.addEventListener('abort', () => {
      if (draining.aborted) source.destroy(stopping());
    });
    finished(reply.raw, () => {
      over.abort();
      release();
    });

    varyBy(reply, 'Accept, Accept-Encoding');
    const zip = acceptsGzip(request.headers['accept-encoding']);
    reply.headers({
      'content-type': form.contentType,
      'cache-control': 'no-store',
      'x-position': upTo.toString(),
      ...(zip ? { 'content-encoding': 'gzip' } : {}),
    });
    return reply.send(zip ? pipeline(source, createGzip(), noop) : source);
  }

  function refuse(error: Error, request: FastifyRequest, reply: FastifyReply): void {
    if (error instanceof HttpRefusal) {
      answerFailure(error, request, reply);
      return;
    }
    const { message, extensions = {} } = format(error instanceof GraphQLError ? error.toJSON() : error, error);
    const { http, ...told } = extensions as { code: ErrorCode; http?: { status?: number } };
    const status = http?.status ?? STATUS[told.code] ?? 400;
    reply.removeHeader('content-encoding').removeHeader('x-position').code(status);
    if (status === 503) reply.header('retry-after', RETRY_AFTER_S);
    reply.type('application/json; charset=utf-8').send({ errors: [{ message, extensions: told }] });
  }

  for (const url of Object.keys(ADDRESSES)) {
    fastify.route({
      method: 'GET',
      url,
      // It would read all that it does not send.
      exposeHeadRoute: false,
      handler: (request, reply) => answer(request, reply, url),
      errorHandler: refuse,
    });
  }
}

function mediaTypeOf({ headers }: FastifyRequest, url: string): MediaType {
  const { forms, otherwise } = ADDRESSES[url] ?? { forms: FORMS };
  const mediaType = (preferred(headers.accept, forms) as MediaType | undefined) ?? otherwise;
  if (mediaType !== undefined) return mediaType;
  throw new GraphQLError(`The feed comes as ${forms.join(', ')}`, {
    extensions: { code: 'BAD_USER_INPUT' satisfies ErrorCode, http: { status: 406 } },
  });
}

function formOf(mediaType: MediaType, csvOptions: CsvOptions): Form {
  if (mediaType === 'text/csv') return csv(csvOptions);
  return mediaType === 'application/x-ndjson' ? NDJSON : CLOUD_EVENTS;
}

interface ExportRange {
  readonly store: TemporalReader;
  readonly wants: (change: Change) => boolean;
  readonly after: bigint;
  readonly upTo: bigint;
  readonly limit?: number;
  /** While a generator has nothing to give, this alone tells it to stop. */
  readonly signal: AbortSignal;
}

async function* write(range: ExportRange, form: Form): AsyncGenerator<string> {
  const { store, wants, after, upTo, limit = Infinity, signal } = range;
  let position = after;
  let text = form.start;
  let written = 0;
  while (position < upTo && written < limit) {
    if (signal.aborted) throw stopping();
    const batch = await store.changes({ after: position, upTo, limit: BATCH });
    for (const change of batch) {
      ({ position } = change.event);
      if (wants(change)) text += form.item(change, written++ === 0);
      if (written === limit) break;
    }
    if (batch.length < BATCH && written < limit) position = upTo;
    if (text !== '') yield text;
    text = '';
    // A store in memory answers at once, also where little matches: others have their turn in between.
    await nextTurn();
  }
  text += form.end(position);
  if (text !== '') yield text;
}

const stopping = (): Outage => new Outage('Nobody waits for the answer, or the server is stopping');

const noop = (): void => undefined;
