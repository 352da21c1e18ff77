import { FastifyInstance } from 'fastify';
import { brotliCompressSync, constants } from 'node:zlib';
import { DEMO_TABS } from './graphiql-tabs';
import { DemoAccess } from './tokens';

/** The page asks nobody but this server, whatever it contains. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self' blob: data:; script-src 'self' 'unsafe-inline' blob:; style-src 'self' 'unsafe-inline'";

/**
 * GraphiQL shifts its tabs aside whenever their size is measured. Its own style hides that until a tab gets the focus: the tab
 * then jumps away from the pointer, and the click is lost.
 */
const KEEP_TABS_IN_PLACE = '<style>.graphiql-tab { transform: none !important }</style>';

/** GraphiQL at `/`, from the package itself: nothing is fetched from elsewhere. The token of a person who may write is filled in. */
export async function serveGraphiQL(fastify: FastifyInstance, { tokens }: DemoAccess): Promise<void> {
  // Nine megabytes, wanted in demo mode alone.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const authorization = `Bearer ${tokens.finance.token}`;
  const headers = JSON.stringify({ authorization }, null, 2);
  const options = {
    title: '明鉴 Mingjian',
    endpoint: '/graphql',
    // For server-sent events the package knows no other address than the endpoint's.
    subscriptionsProtocol: 'WS' as const,
    // The package passes this on, but leaves it out of its type. What is in the headers editor does not reach a subscription.
    connectionParams: { authorization },
    defaultTabs: DEMO_TABS.map((query) => ({ query, headers })),
    // For new tabs, and for those that the browser kept.
    headers,
    // The browser would send a token that it kept after it has expired.
    shouldPersistHeaders: false,
  };
  const page = renderGraphiQL(options).replace('</head>', `${KEEP_TABS_IN_PLACE}</head>`);
  let compressed: Buffer | undefined;
  fastify.get('/', (request, reply) => {
    void reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', CONTENT_SECURITY_POLICY)
      .header('cache-control', 'no-store')
      .header('vary', 'accept-encoding');
    if (!String(request.headers['accept-encoding']).includes('br')) return reply.send(page);
    compressed ??= brotliCompressSync(page, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
    return reply.header('content-encoding', 'br').send(compressed);
  });
}
