import type { FastifyInstance } from 'fastify';

const REALM = 'Bearer realm="mingjian"';

/** Adds to each 401 how to authenticate (RFC 6750, section 3). */
export function challengeUnauthenticated(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (reply.statusCode === 401) reply.header('www-authenticate', challengeTo(request.headers.authorization));
    done(null, payload);
  });
}

const challengeTo = (authorization = ''): string =>
  /^bearer +\S/i.test(authorization) ? `${REALM}, error="invalid_token"` : REALM;
