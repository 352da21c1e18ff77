import { Counter, Registry } from 'prom-client';

/** What became of deliveries. Each series exists from the start, so that a rate sees its first increase. */
export function webhookMetrics(registry: Registry) {
  const registers = [registry];
  const attempts = new Counter({
    name: 'mingjian_webhook_attempts_total',
    help: 'Attempts to deliver a change to a webhook',
    labelNames: ['result'],
    registers,
  });
  for (const result of ['delivered', 'failed']) attempts.labels(result).inc(0);
  return {
    attempts,
    stopped: new Counter({
      name: 'mingjian_webhooks_stopped_total',
      help: 'Webhooks that the server has given up',
      registers,
    }),
  };
}
