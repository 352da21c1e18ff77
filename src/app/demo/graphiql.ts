import { FastifyInstance } from 'fastify';
import { brotliCompressSync, constants } from 'node:zlib';
import { DEMO_TABS } from './graphiql-tabs';
import { DemoAccess } from './tokens';

/** The page may send requests only to this server, whatever it contains. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self' blob: data:; script-src 'self' 'unsafe-inline' blob:; style-src 'self' 'unsafe-inline'";

/**
 * GraphiQL moves its tabs whenever it measures their size. Its own style hides that until a tab gets the focus; then the tab
 * jumps away from the pointer, and the click is lost.
 */
const KEEP_TABS_IN_PLACE = '<style>.graphiql-tab { transform: none !important }</style>';

/**
 * GraphiQL at `/`, from the package: nothing is loaded from other servers. The token of a person with every role that writes is filled in.
 */
export function serveGraphiQL(fastify: FastifyInstance, access: DemoAccess): void {
  let made: Promise<string> | undefined;
  let compressed: Buffer | undefined;
  fastify.get('/', async (request, reply) => {
    const page = await (made ??= pageFor(access));
    void reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', CONTENT_SECURITY_POLICY)
      .header('vary', 'accept-encoding');
    if (!String(request.headers['accept-encoding']).includes('br')) return page;
    compressed ??= brotliCompressSync(page, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
    void reply.header('content-encoding', 'br');
    return compressed;
  });
}

async function pageFor({ tokens }: DemoAccess): Promise<string> {
  // Nine megabytes, loaded when somebody opens the page.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const authorization = `Bearer ${tokens.clerk.token}`;
  const headers = JSON.stringify({ authorization }, null, 2);
  const options = {
    title: '明鉴 Mingjian',
    endpoint: '/graphql',
    // For server-sent events, the package supports only the endpoint's own address.
    subscriptionsProtocol: 'WS' as const,
    // The package accepts this, but its type does not have it. The headers editor does not apply to subscriptions.
    connectionParams: { authorization },
    defaultTabs: DEMO_TABS.map((query) => ({ query, headers })),
    // For new tabs, and for those that the browser has stored.
    headers,
    // Otherwise the browser would send a stored token that has expired.
    shouldPersistHeaders: false,
  };
  return renderGraphiQL(options).replace('</head>', `${KEEP_TABS_IN_PLACE}</head>`);
}
