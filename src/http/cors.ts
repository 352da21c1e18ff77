import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

/** The origins whose pages may call the server from a browser, or all. */
export type Origins = '*' | readonly string[];

const MAX_AGE_S = 3_600;
const REQUEST_HEADERS = [
  ...['authorization', 'content-type', 'if-none-match', 'last-event-id'],
  ...['x-correlation-id', 'x-causation-id'],
];
const EXPOSED_HEADERS = ['X-Position', 'Retry-After', 'ETag', 'RateLimit', 'RateLimit-Policy'];

/** Tells browsers which pages may read the answers, including errors. A preflight needs no token. */
export async function allowOrigins(fastify: FastifyInstance, origins: Origins): Promise<void> {
  await fastify.register(cors, {
    origin: origins === '*' ? '*' : [...origins],
    methods: ['GET', 'HEAD', 'POST'],
    allowedHeaders: REQUEST_HEADERS,
    exposedHeaders: EXPOSED_HEADERS,
    maxAge: MAX_AGE_S,
    // An OPTIONS request that is not a preflight is refused, like any method that a path does not have.
    strictPreflight: false,
    preflightContinue: true,
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) done();
    else void reply.code(204).send();
  });
}

/** Whether a page of this origin may open a WebSocket. Programs other than browsers send no origin. */
export function isAllowedOrigin(origins: Origins, origin: string | undefined, host: string | undefined): boolean {
  if (origins === '*' || origin === undefined || origins.includes(origin)) return true;
  // The server's own page, such as the demo's.
  return URL.canParse(origin) && new URL(origin).host === host;
}
