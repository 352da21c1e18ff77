import type { FastifyRequest } from 'fastify';
import { INPUT_BOUNDS } from '../kernel/limits';
import { HttpRefusal } from './refusal';

const MOST = INPUT_BOUNDS.maxRequestIdLength;
const READABLE = new RegExp(`^[\\x21-\\x7e]{1,${MOST}}$`);
const NAMES = ['x-correlation-id', 'x-causation-id'] as const;

/**
 * Ids that a client may send: a correlation id for the larger task that the request belongs to, and a causation id. They are
 * recorded with its changes.
 */
export interface RequestIds {
  readonly correlationId?: string;
  readonly causationId?: string;
}

/** Refuses ids that could not be recorded unchanged. */
export function requireReadableIds({ headers }: FastifyRequest): void {
  for (const name of NAMES) {
    if (headers[name] && !READABLE.test(String(headers[name]))) {
      throw new HttpRefusal('BAD_USER_INPUT', `The header ${name} takes at most ${MOST} printable ASCII characters`);
    }
  }
}

export function requestIdsOf({ headers }: FastifyRequest): RequestIds {
  const [correlationId, causationId] = NAMES.map((name) => headers[name]?.toString() || undefined);
  return { correlationId, causationId };
}
