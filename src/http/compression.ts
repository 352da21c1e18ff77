import compress from '@fastify/compress';
import { FastifyInstance, FastifyReply } from 'fastify';
import { constants } from 'node:zlib';

/** A shorter answer would hardly become shorter. */
const THRESHOLD_BYTES = 1_024;
/** Up to here an answer is compressed at once, in less than a millisecond; a longer one is compressed in the thread pool. */
const AT_ONCE_BYTES = 16_384;

/** Lets routes say `compress: {}`. Requests stay uncompressed. */
export async function enableCompression(fastify: FastifyInstance): Promise<void> {
  await fastify.register(compress, {
    global: false,
    encodings: ['br', 'gzip'],
    threshold: THRESHOLD_BYTES,
    syncThreshold: AT_ONCE_BYTES,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  });
}

/** Says to caches that the answer depends on a header of the request. */
export function varyBy(reply: FastifyReply, header: string): void {
  const known = reply.getHeader('vary');
  reply.header('vary', known === undefined ? header : `${String(known)}, ${header}`);
}
