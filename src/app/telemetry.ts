import { createRequire } from 'node:module';
import { GraphQLSchema } from 'graphql';
import { Telemetry, toAll } from '../kernel/telemetry';
import { logTelemetry } from '../telemetry/log';
import { Log } from '../telemetry/log-port';
import type * as MetricsModule from '../telemetry/metrics';
import { Config } from './config';

export interface ConfiguredTelemetry {
  readonly telemetry: Telemetry;
  /** undefined if nobody can ask for them. */
  readonly metrics: MetricsModule.Metrics | undefined;
}

/** The receivers that the configuration asks for. */
export function configuredTelemetry(
  config: Pick<Config, 'metricsPort' | 'accessLog' | 'slowMs'>,
  log: Log,
  schemas: readonly GraphQLSchema[],
): ConfiguredTelemetry {
  const logs = logTelemetry(log, config);
  const metrics = config.metricsPort === undefined ? undefined : metricsOf(schemas);
  return { telemetry: metrics === undefined ? logs : toAll([logs, metrics.telemetry]), metrics };
}

/** Loaded only if somebody asks for metrics: prom-client loads a part of OpenTelemetry. */
function metricsOf(schemas: readonly GraphQLSchema[]): MetricsModule.Metrics {
  const { createMetrics } = createRequire(__filename)('../telemetry/metrics') as typeof MetricsModule;
  return createMetrics({ rootFields: schemas.flatMap(rootFieldsOf) });
}

const rootFieldsOf = (schema: GraphQLSchema): readonly string[] =>
  [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}),
  );
