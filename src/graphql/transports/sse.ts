import { once } from 'node:events';
import { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { z } from 'zod';
import { ClosableIterator } from '../../kernel/async';
import { HttpRefusal } from '../../http/refusal';
import { PERSISTED_QUERY_NOT_SUPPORTED } from '../no-persisted-queries';
import { Caller } from './caller';
import { atExpiry } from './expiry';
import { OperationRequest, Operations, Reply } from './operations';

export interface SseOptions {
  readonly operations: Operations;
  /** Refuses by throwing. */
  readonly identify: (request: FastifyRequest, reply: FastifyReply) => Promise<Caller>;
  readonly context: (caller: Caller, resumeAfter: string | undefined) => object;
}

const PING_MS = 12_000;
const PING = ':\n\n';

const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

const Request = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  // A record would be copied, variable by variable.
  variables: z.custom<NonNullable<OperationRequest['variables']>>(isRecord).nullish(),
});

/** Names a document by its hash, and does not send it. */
const HashOnly = z.object({ query: z.undefined().optional(), extensions: z.object({ persistedQuery: z.object() }) });

/**
 * GraphQL over server-sent events at `/graphql/stream`, as graphql-sse has it in distinct connections mode: one operation a
 * request, `next` events and then `complete`. Items of the feed have their position as the event's id; the header
 * `Last-Event-ID` resumes after it, whatever the subscription's own `after` says. The next item is asked for when the socket has
 * taken the one before.
 */
export function serveEvents(fastify: FastifyInstance, { operations, identify, context }: SseOptions): void {
  fastify.route({
    method: ['GET', 'POST'],
    url: '/graphql/stream',
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      let caller: Caller;
      try {
        caller = await identify(request, reply);
      } catch (error) {
        if (error instanceof GraphQLError) throw error;
        return reply.code(500).send(operations.failure(error).result);
      }
      const operation = readRequest(request);
      if (operation instanceof HttpRefusal) throw operation;
      const resumeAfter = request.headers['last-event-id'];
      const result = await operations.run(
        operation,
        context(caller, typeof resumeAfter === 'string' && resumeAfter !== '' ? resumeAfter : undefined),
      );
      reply.hijack();
      await send(reply, result, request.headers.authorization);
      return reply;
    },
  });
}

const BAD_REQUEST = new HttpRefusal(400, 'A request has query, operationName and variables');
const HASH_ONLY = new HttpRefusal(400, PERSISTED_QUERY_NOT_SUPPORTED);

function readRequest({ method, query, body }: FastifyRequest): OperationRequest | HttpRefusal {
  const asked = method === 'GET' ? withJson(query as Record<string, unknown>) : body;
  const parsed = Request.safeParse(asked);
  if (parsed.success) return { ...parsed.data, readOnly: method === 'GET' };
  return HashOnly.safeParse(asked).success ? HASH_ONLY : BAD_REQUEST;
}

/** In an address, variables and extensions are written as JSON. */
function withJson(query: Readonly<Record<string, unknown>>): unknown {
  const { variables, extensions } = query;
  try {
    return { ...query, variables: parsedText(variables), extensions: parsedText(extensions) };
  } catch {
    return undefined;
  }
}

const parsedText = (value: unknown): unknown => (typeof value === 'string' ? JSON.parse(value) : value);

const EXPIRED = JSON.stringify({
  errors: [{ message: 'The token has expired.', extensions: { code: 'UNAUTHENTICATED' } }],
});

async function send(
  reply: FastifyReply,
  result: Reply | ClosableIterator<Reply>,
  authorization: string | undefined,
): Promise<void> {
  const { raw } = reply;
  // Who went before there was an answer is not told of any more.
  if (raw.destroyed) {
    if (Symbol.asyncIterator in result) await result.return();
    return;
  }
  raw.writeHead(200, {
    ...(reply.getHeaders() as OutgoingHttpHeaders),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    'x-accel-buffering': 'no',
  });
  // Some browsers take no notice of headers alone.
  raw.write(PING);
  const ping = setInterval(() => {
    if (!raw.writableNeedDrain) raw.write(PING);
  }, PING_MS);
  const leave = (): void => {
    if (Symbol.asyncIterator in result) void result.return();
  };
  raw.once('close', leave);
  const expired = new AbortController();
  const stopWaiting = atExpiry(authorization, () => {
    expired.abort();
    leave();
  });
  try {
    if (Symbol.asyncIterator in result) {
      for await (const payload of result) await write(raw, eventOf(payload));
      if (expired.signal.aborted) await write(raw, eventOf({ text: EXPIRED }));
    } else await write(raw, eventOf(result));
    raw.end('event: complete\ndata:\n\n');
  } catch {
    raw.destroy();
  } finally {
    clearInterval(ping);
    stopWaiting();
  }
}

function eventOf({ text, position }: Pick<Reply, 'text' | 'position'>): string {
  const id = position === undefined ? '' : `id: ${String(position)}\n`;
  return `event: next\n${id}data: ${text}\n\n`;
}

async function write(raw: ServerResponse, text: string): Promise<void> {
  if (raw.write(text) || raw.destroyed) return;
  const done = new AbortController();
  // A socket that is gone never drains.
  await Promise.race([once(raw, 'drain', { signal: done.signal }), once(raw, 'close', { signal: done.signal })]);
  done.abort();
}
