import { collectDefaultMetrics, Registry } from 'prom-client';
import { LogMismatch } from '../../kernel/outage';
import { Signal, Telemetry } from '../../kernel/telemetry';
import { cacheMetrics, cacheSizeMetrics } from './caches';
import { appendMetrics, engineMetrics } from './engines';
import { operationMetrics } from './operations';
import { readMetrics } from './reads';
import { Sample, sampleMetrics } from './samples';
import { troubleMetrics } from './troubles';
import { webhookMetrics } from './webhooks';

export type { Sample };

export interface MetricsOptions {
  /** The names of the schema's root fields. */
  readonly rootFields: Iterable<string>;
}

/** The metrics of one process, in the text format of Prometheus. */
export interface Metrics {
  readonly telemetry: Telemetry;
  /** Where the figures come from that nobody reports. */
  sampleFrom(sample: () => Sample): void;
  readonly contentType: string;
  text(): Promise<string>;
}

export function createMetrics({ rootFields }: MetricsOptions): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const record = recorder(registry, rootFields);
  return {
    telemetry: { report: record },
    sampleFrom: sampleMetrics(registry),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}

function recorder(registry: Registry, rootFields: Iterable<string>): (signal: Signal) => void {
  const operationEnded = operationMetrics(registry, rootFields);
  const engineCalled = engineMetrics(registry);
  const appended = appendMetrics(registry);
  const cacheAsked = cacheMetrics(registry);
  const cacheFilled = cacheSizeMetrics(registry);
  const reads = readMetrics(registry);
  const webhooks = webhookMetrics(registry);
  const {
    troubles,
    firstDifference,
    faults,
    frameworkWarnings,
    tokens,
    outage,
    refusedInOutages,
    clocks,
    eviction,
    unlisted,
  } = troubleMetrics(registry);
  return (signal) => {
    switch (signal.kind) {
      case 'operation-ended':
        operationEnded(signal);
        return;
      case 'engine-called':
        engineCalled(signal);
        return;
      case 'appended':
        appended(signal);
        return;
      case 'cache-asked':
        cacheAsked(signal);
        return;
      case 'cache-filled':
        cacheFilled(signal);
        return;
      case 'trouble':
        troubles.labels(signal.source).inc();
        if (signal.error instanceof LogMismatch && signal.error.sequence !== undefined) {
          firstDifference.set(Number(signal.error.sequence));
        }
        return;
      case 'trouble-over':
        // Its beginning was counted.
        return;
      case 'fault':
        faults.inc();
        return;
      case 'framework-warning':
        frameworkWarnings.inc();
        return;
      case 'token-refused':
        tokens.labels(signal.reason).inc();
        return;
      case 'outage-turned':
        outage.set(1);
        return;
      case 'outage-ended':
        outage.set(0);
        refusedInOutages.inc(signal.refusals);
        return;
      case 'clocks-turned':
        clocks(signal);
        return;
      case 'eviction-possible':
        eviction.inc();
        return;
      case 'anchor-missing':
        // Happens once, at a start: the log line is enough.
        return;
      case 'token-reads-nothing':
        // The log line says which token.
        return;
      case 'reads-recorded':
        reads.recorded.inc(signal.reads);
        return;
      case 'reads-unrecorded':
        reads.unrecorded.inc(signal.reads);
        return;
      case 'webhook-attempt':
        webhooks.attempts.labels(signal.delivered ? 'delivered' : 'failed').inc();
        return;
      case 'webhook-stopped':
        webhooks.stopped.inc();
        return;
      case 'unlisted-document':
        unlisted.inc();
        return;
      default:
        signal satisfies never;
    }
  };
}
