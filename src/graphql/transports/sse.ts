import { once } from 'node:events';
import { ServerResponse } from 'node:http';
import { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { z } from 'zod';
import { Leavable } from '../../kernel/async';
import { Caller } from './caller';
import { atExpiry } from './expiry';
import { OperationRequest, Operations, Payload } from './operations';

export interface SseOptions {
  readonly operations: Operations;
  /** Refuses by throwing. */
  readonly identify: (request: FastifyRequest) => Promise<Caller>;
  readonly context: (caller: Caller, resumeAfter: string | undefined) => object;
}

const PING_MS = 12_000;
const PING = ':\n\n';

const Request = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

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
    handler: async (request, reply) => {
      let caller: Caller;
      try {
        caller = await identify(request);
      } catch (error) {
        if (error instanceof GraphQLError) throw error;
        return reply.code(500).send(operations.failure(error).result);
      }
      const operation = readRequest(request);
      if (operation === undefined) return reply.code(400).send(BAD_REQUEST);
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

const BAD_REQUEST = {
  errors: [{ message: 'A request has query, operationName and variables', extensions: { code: 'BAD_USER_INPUT' } }],
};

function readRequest({ method, query, body }: FastifyRequest): OperationRequest | undefined {
  const parsed = Request.safeParse(method === 'GET' ? withVariables(query as Record<string, unknown>) : body);
  return parsed.success ? { ...parsed.data, readOnly: method === 'GET' } : undefined;
}

/** In an address, variables are written as JSON. */
function withVariables(query: Readonly<Record<string, unknown>>): unknown {
  if (typeof query.variables !== 'string') return query;
  try {
    return { ...query, variables: JSON.parse(query.variables) as unknown };
  } catch {
    return undefined;
  }
}

const EXPIRED = JSON.stringify({
  errors: [{ message: 'The token has expired.', extensions: { code: 'UNAUTHENTICATED' } }],
});

async function send(
  { raw }: FastifyReply,
  result: Payload | Leavable<Payload>,
  authorization: string | undefined,
): Promise<void> {
  // Who went before there was an answer is not told of any more.
  if (raw.destroyed) {
    if (Symbol.asyncIterator in result) await result.return();
    return;
  }
  raw.writeHead(200, {
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

function eventOf({ text, position }: Pick<Payload, 'text' | 'position'>): string {
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
