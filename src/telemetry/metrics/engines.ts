import { Counter, Histogram, Registry } from 'prom-client';
import { Appended, EngineCalled } from '../../kernel/telemetry';
import { childrenOf } from './children';
import { closedLabel } from './closed-label';

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5];

/** The calls that have series of their own. Scripts of Redis are `evalsha`. */
const CALLS = [
  ...['append', 'readStream', 'readAll', 'head'],
  ...['evalsha', 'eval', 'get', 'set', 'hget', 'hgetall', 'hmget', 'xadd', 'xrange', 'xrevrange', 'zrange'],
  ...['zrangebylex', 'zrevrangebylex', 'zrangebyscore', 'ping', 'publish', 'subscribe', 'info', 'script', 'del'],
];

export function engineMetrics(registry: Registry): (call: EngineCalled) => void {
  const callOf = closedLabel(CALLS);
  const calls = childrenOf(
    new Histogram({
      name: 'mingjian_engine_call_seconds',
      help: 'How long calls to the event store and to Redis took; a read lasts until its reader has enough',
      labelNames: ['engine', 'call', 'result'],
      buckets: SECONDS,
      registers: [registry],
    }),
  );
  return ({ engine, call, ms, failed }) => {
    calls(engine, callOf(call), failed ? 'failed' : 'ok').observe(ms / 1_000);
  };
}

export function appendMetrics(registry: Registry): (append: Appended) => void {
  const appends = new Counter({
    name: 'mingjian_appends_total',
    help: 'Appends to the log; conflict: the stream had other events than expected',
    labelNames: ['result'],
    registers: [registry],
  });
  const events = new Counter({
    name: 'mingjian_events_appended_total',
    help: 'Events that were appended',
    registers: [registry],
  });
  const children = { appended: appends.labels('appended'), conflict: appends.labels('conflict') };
  return ({ result, events: count }) => {
    children[result].inc();
    if (result === 'appended') events.inc(count);
  };
}
