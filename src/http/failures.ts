import type { FastifyReply, FastifyRequest } from 'fastify';
import { cut } from '../kernel/echo';
import { LimitName } from '../kernel/limits';
import { NO_STORE } from './caching';
import { FaultLog, Problem, problemOf } from './problem';
import { HttpRefusal } from './refusal';
import { statusOfFramework, STATUSES } from './statuses';

/** When a client may try again after an outage. */
export const RETRY_AFTER_S = 1;

export type AnswerFailure = (error: Error, request: FastifyRequest, reply: FastifyReply) => void;

/** Answers whatever was thrown outside GraphQL, in the format of GraphQL's errors. */
export const failureAnswer =
  (outage?: FaultLog['outage']): AnswerFailure =>
  (error, request, reply) => {
    answer(error, reply, {
      error: (details, message) => {
        request.log.error(details, message);
      },
      outage,
    });
  };

function answer(error: Error, reply: FastifyReply, log: FaultLog): void {
  // Whatever the route has said of its answer, and also if no hook has run.
  reply.header('cache-control', NO_STORE);
  if (error instanceof HttpRefusal) reply.headers(error.headers);
  const status = statusOfRefusedRequest(error);
  if (status !== undefined) {
    send(reply, status, refusedRequest(status, error.message));
    return;
  }
  const problem = problemOf(error, log);
  const refused = error instanceof HttpRefusal ? error.status : STATUSES[problem.extensions.code].other;
  if (refused === STATUSES.UNAVAILABLE.other) reply.header('retry-after', RETRY_AFTER_S);
  send(reply, refused, problem);
}

/** The status of a request that Fastify refused, before it was handled; undefined for any other error. */
function statusOfRefusedRequest(error: Error & { readonly statusCode?: number }): number | undefined {
  const { statusCode } = error;
  return statusCode !== undefined && statusCode < 500 ? statusOfFramework(statusCode) : undefined;
}

function refusedRequest(status: number, message: string): Problem {
  if (status !== STATUSES.CONTENT_TOO_LARGE.other)
    return { message: cut(message), extensions: { code: 'BAD_USER_INPUT' } };
  const limit: LimitName = 'maxRequestBytes';
  return { message: 'The request has too many bytes', extensions: { code: STATUSES.CONTENT_TOO_LARGE.code, limit } };
}

function send(reply: FastifyReply, status: number, problem: Problem): void {
  void reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send({ errors: [problem] });
}
