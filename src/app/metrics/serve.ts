import { once } from 'node:events';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { NO_STORE } from '../../http/caching';
import type { Metrics } from '../../telemetry/metrics';

export interface MetricsServer {
  /** `http://127.0.0.1:9100` */
  readonly address: string;
  close(): void;
}

const HEADERS = { 'cache-control': NO_STORE };

/** Serves `/metrics` on a port of its own, for the operator's Prometheus only: it asks for no token. */
export async function serveMetrics(
  metrics: Metrics,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    if (request.url?.split('?')[0] !== '/metrics' || request.method !== 'GET') {
      response.writeHead(404, HEADERS).end();
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { ...HEADERS, 'content-type': metrics.contentType }).end(text),
      () => response.writeHead(500, HEADERS).end(),
    );
  });
  server.listen({ host, port });
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return {
    address: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
