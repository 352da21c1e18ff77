import { Counter, Histogram, Registry } from 'prom-client';
import { OperationEnded } from '../../kernel/telemetry';
import { childrenOf } from './children';
import { closedLabel } from './closed-label';
import { tally } from './tally';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const NO_FIELD = ['none'];

/** Counts the operations of clients. `rootFields`: the names of the schema's root fields. */
export function operationMetrics(
  registry: Registry,
  rootFields: Iterable<string>,
): (operation: OperationEnded) => void {
  const registers = [registry];
  const fieldOf = closedLabel(rootFields);
  const operations = tally({
    name: 'mingjian_operations_total',
    help: 'Operations that ended, once for each root field; none: refused before the operation was known',
    labelNames: ['transport', 'field', 'outcome'],
    registry,
  });
  const durations = childrenOf(
    new Histogram({
      name: 'mingjian_operation_duration_seconds',
      help: 'How long queries, mutations and exports took, once for each root field',
      labelNames: ['transport', 'field'],
      buckets: SECONDS,
      registers,
    }),
  );
  const requests = tally({
    name: 'mingjian_requests_total',
    help: 'Operations that ended, once each',
    labelNames: ['transport', 'type', 'outcome'],
    registry,
  });
  const items = childrenOf(
    new Counter({
      name: 'mingjian_subscription_items_total',
      help: 'Items that subscriptions delivered, counted when the subscription ends',
      labelNames: ['transport'],
      registers,
    }),
  );
  const fields = new Histogram({
    name: 'mingjian_operation_cost_fields',
    help: 'Fields that were answered, per operation',
    buckets: [1, 10, 100, 1_000, 10_000, 100_000],
    registers,
  });
  const bytes = new Histogram({
    name: 'mingjian_operation_cost_bytes',
    help: 'Bytes of data that were answered, per operation',
    buckets: [100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000],
    registers,
  });
  const cpu = new Histogram({
    name: 'mingjian_operation_cost_cpu_seconds',
    help: 'CPU time that was measured, per operation',
    buckets: SECONDS,
    registers,
  });

  return ({ transport, type, outcome, rootFields: names, ms, cost, items: delivered }) => {
    requests(transport, type, outcome);
    for (const name of names.length === 0 ? NO_FIELD : names) {
      const field = name === 'none' ? name : fieldOf(name);
      operations(transport, field, outcome);
      if (type !== 'subscription') durations(transport, field).observe(ms / 1_000);
    }
    if (delivered !== undefined) items(transport).inc(delivered);
    if (cost === undefined) return;
    fields.observe(cost.fields);
    bytes.observe(cost.bytes);
    cpu.observe(cost.cpuMs / 1_000);
  };
}
