import { FastifyInstance } from 'fastify';
import { brotliCompressSync, constants } from 'node:zlib';
import { DemoAccess } from './tokens';

/** What GraphiQL opens with: the budget as it stands, and as it was known in the middle of the year. */
export const FIRST_QUERY = `# 按 Ctrl+Enter 运行。Press Ctrl+Enter to run.
query MidYear {
  now: budget(department: "441300-DSJ", fiscalYear: 2023) {
    opening(unit: WAN_YUAN)
    revised(unit: WAN_YUAN)
    executed(unit: WAN_YUAN)
    executionRate
  }
  asOf(at: { knownAt: "2023-06-30", effectiveAt: "2023-06-30" }) {
    budget(department: "441300-DSJ", fiscalYear: 2023) {
      revised(unit: WAN_YUAN)
      executed(unit: WAN_YUAN)
      executionRate
    }
  }
}
`;

/** The page asks nobody but this server, whatever it contains. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self' blob: data:; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'";

/** GraphiQL at `/`, from the package itself: nothing is fetched from elsewhere. The auditor's token is filled in. */
export async function serveGraphiQL(fastify: FastifyInstance, { tokens }: DemoAccess): Promise<void> {
  // Nine megabytes, wanted in demo mode alone.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const page = renderGraphiQL({
    title: '明鉴 Mingjian',
    endpoint: '/graphql',
    defaultQuery: FIRST_QUERY,
    headers: JSON.stringify({ authorization: `Bearer ${tokens.auditor.token}` }, null, 2),
  });
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
