import { randomUUID } from 'node:crypto';
import { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { LimitName } from '../kernel/limits';
import { HttpCode, HttpRefusal } from './refusal';

type Failure = FastifyError | GraphQLError | HttpRefusal;

interface Extensions {
  readonly code: HttpCode | 'INTERNAL_SERVER_ERROR';
  readonly id?: string;
  readonly limit?: LimitName;
}

/** Answers a request that did not reach GraphQL, in the format of GraphQL's errors. */
export function answerFailure(error: Failure, request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof GraphQLError) {
    const { http, ...extensions } = error.extensions as unknown as Extensions & { http?: { status?: number } };
    send(reply, http?.status ?? 400, error.message, extensions);
  } else if (error instanceof HttpRefusal) {
    send(reply.headers(error.headers), error.statusCode, error.message, { code: error.code });
  } else {
    answerFastifyError(error, request, reply);
  }
}

/** Fastify's own statuses that the API has too. For the others the status is 400. */
const KEPT = new Set([413, 415]);

function answerFastifyError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const status = error.statusCode ?? 500;
  if (status >= 500) {
    const id = randomUUID();
    request.log.error({ err: error, id }, 'a request failed');
    send(reply, 500, `Something went wrong on our side (${id})`, { code: 'INTERNAL_SERVER_ERROR', id });
  } else if (status === 413) {
    send(reply, 413, 'The request has too many bytes', { code: 'LIMIT_EXCEEDED', limit: 'maxRequestBytes' });
  } else {
    send(reply, KEPT.has(status) ? status : 400, error.message, { code: 'BAD_USER_INPUT' });
  }
}

function send(reply: FastifyReply, status: number, message: string, extensions: Extensions): void {
  void reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send({ errors: [{ message, extensions }] });
}
