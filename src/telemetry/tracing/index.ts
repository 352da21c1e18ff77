import { createRequire } from 'node:module';
import type { Tracing } from '../../kernel/tracing';
import type * as OpenTelemetry from './open-telemetry';

type Environment = Readonly<Record<string, string | undefined>>;

const ENDPOINTS = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'] as const;

/**
 * Starts tracing if an endpoint is configured. Else nothing of OpenTelemetry is loaded. Call it before the modules that are
 * instrumented are loaded: Fastify, ioredis, grpc, and whatever loads node:http.
 */
export function startTracing(environment: Environment): Tracing | undefined {
  if (!ENDPOINTS.some((name) => environment[name])) return undefined;
  const { openTelemetry } = createRequire(__filename)('./open-telemetry') as typeof OpenTelemetry;
  return openTelemetry(environment);
}
