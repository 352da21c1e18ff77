import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';

/**
 * What may leave the server. Addresses with a query, bodies, statements, headers and messages of errors are not in the list: they
 * may have names, amounts or tokens.
 */
const ALLOWED = new Set([
  ...[
    'http.method',
    'http.request.method',
    'http.status_code',
    'http.response.status_code',
    'http.route',
    'http.flavor',
  ],
  ...['net.peer.name', 'net.peer.port', 'server.address', 'server.port', 'network.protocol.version'],
  ...['db.system', 'db.system.name', 'db.operation.name', 'db.namespace'],
  ...['rpc.system', 'rpc.service', 'rpc.method', 'rpc.grpc.status_code', 'fastify.type', 'hook.name'],
]);

/** Exports spans with the attributes that are allowed, and without events and messages. */
export class AllowedAttributes implements SpanExporter {
  constructor(private readonly exporter: SpanExporter) {}

  export(...[spans, done]: Parameters<SpanExporter['export']>): void {
    this.exporter.export(spans.map(cleaned), done);
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }

  async forceFlush(): Promise<void> {
    await this.exporter.forceFlush?.();
  }
}

function cleaned(span: ReadableSpan): ReadableSpan {
  const allowed = Object.entries(span.attributes).filter(([name]) => ALLOWED.has(name));
  return Object.create(span, {
    attributes: { value: Object.fromEntries(allowed) },
    events: { value: [] },
    links: { value: [] },
    status: { value: { code: span.status.code } },
  }) as ReadableSpan;
}
