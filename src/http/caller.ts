import type { FastifyReply, FastifyRequest } from 'fastify';
import { TokenVerifier, VerifiedToken } from '../auth/verified-token';
import { AbortState, andThen, Awaitable } from '../kernel/async';
import { unwrap } from '../kernel/refusal';
import { HangUp } from './hang-up';
import { CallerPoints } from './caller-points';
import { requestIdsOf } from './request-ids';

/** The sender of a request, and how the request names itself. */
export interface Caller extends VerifiedToken {
  readonly correlationId: string;
  readonly causationId?: string;
  /** Aborts if the client disconnects before the answer. */
  readonly signal?: AbortState;
  /** undefined if there is no rate limit. */
  readonly points?: CallerPoints;
  /** Gives up the place of the request among those in flight, before it is answered: what follows has a limit of its own. */
  readonly release?: () => void;
}

/** Throws the refusal of a token. */
export type Identify = (request: FastifyRequest, reply: FastifyReply) => Awaitable<Caller>;

export const identifyBy =
  (verifier: TokenVerifier): Identify =>
  (request, reply) =>
    andThen(verifier.verify(request.headers.authorization), (verified) => {
      const { principal, expiresAt, onRevoked } = unwrap(verified);
      const { correlationId = request.id, causationId } = requestIdsOf(request);
      return { principal, expiresAt, onRevoked, correlationId, causationId, signal: new HangUp(reply.raw) };
    });
