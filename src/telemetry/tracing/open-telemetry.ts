import { FastifyOtelInstrumentation } from '@fastify/otel';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { GrpcInstrumentation } from '@opentelemetry/instrumentation-grpc';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { IORedisInstrumentation } from '@opentelemetry/instrumentation-ioredis';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { Tracing } from '../../kernel/tracing';
import { AllowedAttributes } from './allowed-attributes';
import { spansOf } from './spans';

const SERVICE = 'mingjian';

/** Probes and scrapes would be most of all traces. */
const isProbe = (url: string | undefined): boolean => /^\/(health|metrics)\b/.test(url ?? '');

/** Traces by OpenTelemetry. The exporter, the sampler and the batches read their own variables (`OTEL_…`). */
export function openTelemetry(environment: Readonly<Record<string, string | undefined>>): Tracing {
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': environment.OTEL_SERVICE_NAME || SERVICE }),
    spanProcessors: [new BatchSpanProcessor(new AllowedAttributes(new OTLPTraceExporter()))],
  });
  provider.register();
  registerInstrumentations({
    tracerProvider: provider,
    instrumentations: [
      new HttpInstrumentation({ ignoreIncomingRequestHook: ({ url }) => isProbe(url) }),
      // It registers itself with the server that is made later. A second registration would throw.
      new FastifyOtelInstrumentation({ registerOnInitialization: true }),
      new IORedisInstrumentation({ dbStatementSerializer: (command) => command }),
      new GrpcInstrumentation(),
    ],
  });
  return { ...spansOf(provider.getTracer(SERVICE)), shutdown: () => provider.shutdown() };
}
