import { Counter, Gauge, Registry } from 'prom-client';
import { ClocksTurned, TOKEN_REFUSALS, TROUBLE_SOURCES } from '../../kernel/telemetry';

/** What an alert is about. Each series exists from the start, so that a rate sees its first increase. */
export function troubleMetrics(registry: Registry) {
  const registers = [registry];
  const troubles = new Counter({
    name: 'mingjian_troubles_total',
    help: 'Errors that a part of the server met in its own work',
    labelNames: ['source'],
    registers,
  });
  for (const source of TROUBLE_SOURCES) troubles.labels(source).inc(0);
  const tokens = new Counter({
    name: 'mingjian_tokens_refused_total',
    help: 'Callers that were refused because of their token',
    labelNames: ['reason'],
    registers,
  });
  for (const reason of TOKEN_REFUSALS) tokens.labels(reason).inc(0);
  return {
    troubles,
    tokens,
    firstDifference: new Gauge({
      name: 'mingjian_log_first_difference',
      help: 'The number of the first event that is not the one that was signed; 0 if none is known',
      registers,
    }),
    faults: new Counter({ name: 'mingjian_faults_total', help: 'Bugs of ours that a request met', registers }),
    frameworkWarnings: new Counter({
      name: 'mingjian_framework_warnings_total',
      help: 'Warnings of a framework that no part of ours expects',
      registers,
    }),
    outage: new Gauge({ name: 'mingjian_outage', help: '1 during an outage', registers }),
    refusedInOutages: new Counter({
      name: 'mingjian_outage_refusals_total',
      help: 'Refusals because of an outage, counted when it ends',
      registers,
    }),
    clocks: clockGauge(registry),
    eviction: new Counter({
      name: 'mingjian_eviction_warnings_total',
      help: 'How often a server of Redis turned out to be able to evict read models',
      registers,
    }),
    unlisted: new Counter({
      name: 'mingjian_unlisted_documents_total',
      help: 'Documents that were executed although they are not in TRUSTED_DOCUMENTS, each once',
      registers,
    }),
  };
}

const CLOCK_TROUBLES = ['events ahead', 'stepped back'] as const;

function clockGauge(registry: Registry): (turned: ClocksTurned) => void {
  const gauge = new Gauge({
    name: 'mingjian_clock_trouble',
    help: '1 while the clock of this node and the events do not agree',
    labelNames: ['trouble'],
    registers: [registry],
  });
  const show = (current: ClocksTurned['trouble']): void => {
    for (const trouble of CLOCK_TROUBLES) gauge.labels(trouble).set(trouble === current ? 1 : 0);
  };
  show(undefined);
  return ({ trouble }) => {
    show(trouble);
  };
}
