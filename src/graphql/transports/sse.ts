import { once } from 'node:events';
import { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { TokenEnd, whenTokenEnds } from '../../auth/token-end';
import { REFUSED_TOKENS } from '../../auth/token-refusals';
import { VerifiedToken } from '../../auth/verified-token';
import { OperationHooks } from '../../http/operation-hooks';
import { Identify } from '../../http/caller';
import { callerOf, identifyFirst } from '../../http/identified';
import { problemOfRefusal } from '../../http/problem';
import { HttpRefusal } from '../../http/refusal';
import { ClosableIterator } from '../../kernel/async';
import { Telemetry } from '../../kernel/telemetry';
import { EVERY_KIND, STREAM_GET } from '../execution/operation-kinds';
import { GuardedRequest } from '../execution/request';
import { MakeContext } from './context';
import { Operations } from './operations';
import { isOutage, OUTAGE_STATUS, RETRY_AFTER } from './outage-answer';
import { receivedRequest } from './received-request';
import { Reply } from './reply';

export interface SseOptions {
  readonly operations: Operations;
  readonly identify: Identify;
  readonly context: MakeContext;
  readonly telemetry: Telemetry;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const PING_MS = 12_000;
const PING = ':\n\n';

/**
 * GraphQL over server-sent events at `/graphql/stream`, in the distinct connections mode of graphql-sse: one operation per
 * request, `next` events and then `complete`. Items of the feed have their position as the event's id; the header
 * `Last-Event-ID` resumes after it and overrides the argument `after`. The next item is requested when the socket has taken the
 * one before.
 */
export function serveEvents(fastify: FastifyInstance, { operations, identify, context, telemetry }: SseOptions): void {
  const hooks = new OperationHooks(telemetry, 'sse');
  fastify.route({
    method: ['GET', 'POST'],
    url: '/graphql/stream',
    exposeHeadRoute: false,
    onRequest: identifyFirst(identify, hooks),
    onSend: (request, reply, payload, done) => {
      hooks.answered(request, reply);
      done(null, payload);
    },
    handler: async (request, reply) => {
      const caller = callerOf(request);
      const resumeAfter = request.headers['last-event-id'];
      const result = await operations.run(
        { ...readRequest(request), principal: caller.principal },
        context(caller, typeof resumeAfter === 'string' && resumeAfter !== '' ? resumeAfter : undefined),
        hooks.of(request),
      );
      if (!(Symbol.asyncIterator in result) && isOutage(result.result)) {
        return reply.code(OUTAGE_STATUS).header('retry-after', RETRY_AFTER).type(JSON_TYPE).send(result.text);
      }
      // Subscriptions that have begun have a limit of their own.
      if (Symbol.asyncIterator in result) caller.release?.();
      reply.hijack();
      await send(reply, result, caller);
      return reply;
    },
  });
}

function readRequest(request: FastifyRequest): GuardedRequest {
  const asked = receivedRequest(request);
  if (asked === undefined) throw new HttpRefusal('BAD_USER_INPUT', 'A request has query, operationName and variables');
  return { ...asked, kinds: request.method === 'GET' ? STREAM_GET : EVERY_KIND };
}

/** The last event of a subscription whose token has ended. */
const endedBy = (end: TokenEnd): string => {
  const { message, extensions } = problemOfRefusal(REFUSED_TOKENS[end].refusal);
  return JSON.stringify({ errors: [{ message, extensions }] });
};

async function send(reply: FastifyReply, result: Reply | ClosableIterator<Reply>, token: VerifiedToken): Promise<void> {
  const { raw } = reply;
  // The client disconnected before there was an answer: nothing to send.
  if (raw.destroyed) {
    if (Symbol.asyncIterator in result) await result.return();
    return;
  }
  raw.writeHead(200, {
    ...(reply.getHeaders() as OutgoingHttpHeaders),
    'content-type': 'text/event-stream; charset=utf-8',
    'x-accel-buffering': 'no',
  });
  // Some browsers take no notice of headers without a body.
  raw.write(PING);
  const ping = setInterval(() => {
    if (!raw.writableNeedDrain) raw.write(PING);
  }, PING_MS);
  const leave = (): void => {
    if (Symbol.asyncIterator in result) void result.return();
  };
  raw.once('close', leave);
  const ends: TokenEnd[] = [];
  const stopWaiting = whenTokenEnds(token, (end) => {
    ends.push(end);
    leave();
  });
  try {
    if (Symbol.asyncIterator in result) {
      for (let step = await result.next(); !step.done; step = await result.next())
        await write(raw, eventOf(step.value));
      for (const end of ends) await write(raw, eventOf({ text: endedBy(end) }));
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
  // A closed socket never drains.
  await Promise.race([once(raw, 'drain', { signal: done.signal }), once(raw, 'close', { signal: done.signal })]);
  done.abort();
}
