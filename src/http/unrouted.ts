import type { FastifyInstance, HTTPMethods } from 'fastify';
import { HttpRefusal } from './refusal';

const METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST'];

/** Refuses an unknown path, or a method that the path does not have, before the body is read. */
export function refuseUnrouted(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    // CORS adds a route that accepts OPTIONS for every path.
    if (request.is404 || request.method === 'OPTIONS') throw refusalOf(fastify, request.url);
    done();
  });
}

function refusalOf(fastify: FastifyInstance, address: string): HttpRefusal {
  const [path = ''] = address.split('?');
  const allowed = METHODS.filter((method) => fastify.hasRoute({ method, url: path }));
  if (allowed.length === 0) return new HttpRefusal('NOT_FOUND', 'There is nothing at this path');
  const allow = allowed.join(', ');
  return new HttpRefusal('METHOD_NOT_ALLOWED', `This path takes ${allow}`, { allow });
}
