import type { Metrics } from '../../telemetry/metrics';
import { Config } from '../config';
import { Ledger } from '../ledger';
import { ProjectionWatch, ProjectionWatchOptions } from './projection-watch';
import { MetricsServer, serveMetrics } from './serve';

/** Serves the metrics of a ledger, if the configuration names a port for them. */
export async function serveMetricsOf(
  { services: { feed } }: Ledger,
  stores: ProjectionWatchOptions,
  metrics: Metrics | undefined,
  { metricsHost: host, metricsPort: port }: Pick<Config, 'metricsHost' | 'metricsPort'>,
  signal: AbortSignal,
): Promise<MetricsServer | undefined> {
  if (metrics === undefined || port === undefined) return undefined;
  const watch = new ProjectionWatch(stores);
  void watch.run(signal);
  metrics.sampleFrom(() => ({
    head: watch.head,
    watermark: watch.watermark,
    behindSeconds: watch.behindSeconds,
    rebuilt: watch.rebuilt,
    feedReaders: feed.quota.readers,
  }));
  return serveMetrics(metrics, { host, port });
}
