import { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { acceptsCoding } from '../../http/accept';
import { varyBy } from '../../http/compression';
import { HttpRefusal } from '../../http/refusal';
import { BUILT_PAGE, PageFile, readPage, START } from './files';
import { contentSecurityPolicy } from './policy';
import { PageSettings } from './settings';

const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * The page for auditors at /app. The files below /app/assets have a hash in their names, so browsers keep them for ever. Every other
 * path is a place in the page, which reads its own address.
 */
export function servePage(fastify: FastifyInstance, settings: PageSettings, folder = BUILT_PAGE): void {
  const files = readPage(folder);
  const issuer = settings.openId?.issuer;
  const send = (request: FastifyRequest, reply: FastifyReply, name: string, cacheControl: string) => {
    const file = files?.get(name);
    if (file === undefined) throw new HttpRefusal('NOT_FOUND', files === undefined ? NOT_BUILT : NO_FILE);
    void reply
      .type(file.type)
      .header('cache-control', cacheControl)
      .header('content-security-policy', contentSecurityPolicy(request.headers.host, issuer))
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer');
    varyBy(reply, 'accept-encoding');
    return sendEncoded(request, reply, file);
  };
  fastify.get('/app', (_request, reply) => reply.redirect('/app/', 308));
  fastify.get('/app/settings.json', (_request, reply) => reply.send(settings));
  fastify.get<{ Params: { '*': string } }>('/app/assets/*', (request, reply) =>
    send(request, reply, `assets/${request.params['*']}`, FOR_EVER),
  );
  fastify.get('/app/*', (request, reply) => send(request, reply, START, 'no-cache'));
}

const NOT_BUILT = 'The page has not been built; run: npm run build';
const NO_FILE = 'There is nothing at this path';

function sendEncoded(request: FastifyRequest, reply: FastifyReply, { body, brotli, gzip }: PageFile): FastifyReply {
  const header = request.headers['accept-encoding'];
  if (brotli !== undefined && acceptsCoding(header, 'br')) return reply.header('content-encoding', 'br').send(brotli);
  if (gzip !== undefined && acceptsCoding(header, 'gzip')) return reply.header('content-encoding', 'gzip').send(gzip);
  return reply.send(body);
}
