import compress, { type FastifyCompressOptions } from '@fastify/compress';
import type { FastifyInstance, FastifyReply, onSendHookHandler } from 'fastify';
import { constants } from 'node:zlib';
import { tagInCoding } from './entity-tags';

/** Compression would save little on a shorter answer. */
const THRESHOLD_BYTES = 1_024;
/**
 * Up to this size an answer is compressed synchronously, in less than a millisecond. A longer one is compressed in the thread
 * pool.
 */
const AT_ONCE_BYTES = 16_384;

/** For `compress` of a route: options of the plugin itself do not reach a route that has its own. */
export const COMPRESSION = {
  encodings: ['br', 'gzip'],
  threshold: THRESHOLD_BYTES,
  syncThreshold: AT_ONCE_BYTES,
  brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
} satisfies FastifyCompressOptions;

/** Lets a route set `compress: COMPRESSION`. Compressed requests are refused. A compressed answer has an entity tag of its own. */
export async function enableCompression(fastify: FastifyInstance): Promise<void> {
  await fastify.register(compress, { global: false });
  // After the hook of the plugin, so that its hook for answers comes first.
  fastify.addHook('onRoute', (route) => {
    if (route.compress) route.onSend = [...[route.onSend ?? []].flat(), tagCoding];
  });
}

const tagCoding: onSendHookHandler = (_request, reply, _payload, done) => {
  const [tag, coding] = [reply.getHeader('etag'), reply.getHeader('content-encoding')];
  if (typeof tag === 'string' && typeof coding === 'string') reply.header('etag', tagInCoding(tag, coding));
  done();
};

/** Tells caches that the answer depends on a header of the request. */
export function varyBy(reply: FastifyReply, header: string): void {
  const known = reply.getHeader('vary');
  reply.header('vary', known === undefined ? header : `${String(known)}, ${header}`);
}
