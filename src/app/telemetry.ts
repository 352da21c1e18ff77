import { GraphQLSchema } from 'graphql';
import { Telemetry, toAll } from '../kernel/telemetry';
import { logTelemetry } from '../telemetry/log';
import { Log } from '../telemetry/log-port';
import { createMetrics, Metrics } from '../telemetry/metrics';
import { Config } from './config';

export interface ConfiguredTelemetry {
  readonly telemetry: Telemetry;
  /** undefined if nobody can ask for them. */
  readonly metrics: Metrics | undefined;
}

/** The receivers that the configuration asks for. */
export function configuredTelemetry(
  config: Pick<Config, 'metricsPort' | 'accessLog' | 'slowMs'>,
  log: Log,
  schema: GraphQLSchema,
): ConfiguredTelemetry {
  const logs = logTelemetry(log, config);
  const metrics = config.metricsPort === undefined ? undefined : createMetrics({ rootFields: rootFieldsOf(schema) });
  return { telemetry: metrics === undefined ? logs : toAll([logs, metrics.telemetry]), metrics };
}

const rootFieldsOf = (schema: GraphQLSchema): readonly string[] =>
  [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}),
  );
