import compress from '@fastify/compress';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { constants } from 'node:zlib';

/** Compression would save little on a shorter answer. */
const THRESHOLD_BYTES = 1_024;
/**
 * Up to this size an answer is compressed synchronously, in less than a millisecond. A longer one is compressed in the thread
 * pool.
 */
const AT_ONCE_BYTES = 16_384;

/** Lets a route set `compress: {}`. Compressed requests are refused. */
export async function enableCompression(fastify: FastifyInstance): Promise<void> {
  await fastify.register(compress, {
    global: false,
    encodings: ['br', 'gzip'],
    threshold: THRESHOLD_BYTES,
    syncThreshold: AT_ONCE_BYTES,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  });
}

/** Tells caches that the answer depends on a header of the request. */
export function varyBy(reply: FastifyReply, header: string): void {
  const known = reply.getHeader('vary');
  reply.header('vary', known === undefined ? header : `${String(known)}, ${header}`);
}
