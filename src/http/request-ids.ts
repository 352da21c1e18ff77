import { FastifyRequest } from 'fastify';
import { HttpRefusal } from './refusal';

const NAMES = ['x-correlation-id', 'x-causation-id'] as const;

/** What a caller says of its request: which larger piece of work it belongs to, and what caused it. Recorded with its changes. */
export interface RequestIds {
  readonly correlationId?: string;
  readonly causationId?: string;
}

/** Refuses ids that could not be recorded as they were sent. */
export function requireReadableIds({ headers }: FastifyRequest): void {
  for (const name of NAMES) {
    if (headers[name] && !/^[\x21-\x7e]{1,128}$/.test(String(headers[name]))) {
      throw new HttpRefusal(400, `The header ${name} takes at most 128 printable ASCII characters`);
    }
  }
}

export function requestIdsOf({ headers }: FastifyRequest): RequestIds {
  const [correlationId, causationId] = NAMES.map((name) => headers[name]?.toString() || undefined);
  return { correlationId, causationId };
}
