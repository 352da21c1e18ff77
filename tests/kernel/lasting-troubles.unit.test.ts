import { LastingTroubles } from '../../src/kernel/lasting-troubles';
import { Signal } from '../../src/kernel/telemetry';

function started() {
  const signals: Signal[] = [];
  const troubles = new LastingTroubles({ report: (signal) => void signals.push(signal) }, 'webhooks');
  return { troubles, signals };
}

const OUT = new Error('out');
const FULL = new Error('full');
const begun = (error: Error) => ({ kind: 'trouble', source: 'webhooks', error });
const OVER = { kind: 'trouble-over', source: 'webhooks' };

test('however often a part fails, its trouble is reported when it begins and when it is over', () => {
  const { troubles, signals } = started();
  troubles.over('a');
  troubles.met('a', OUT);
  troubles.met('a', OUT);
  troubles.met('a', FULL);
  expect([signals, troubles.problem]).toEqual([[begun(OUT)], 'out']);
  troubles.over('a');
  troubles.over('a');
  expect([signals, troubles.problem]).toEqual([[begun(OUT), OVER], undefined]);
  troubles.met('a', OUT);
  expect(signals).toEqual([begun(OUT), OVER, begun(OUT)]);
});

test('parts that meet the same trouble report it once, another one is reported, and all are over when the last one is', () => {
  const { troubles, signals } = started();
  troubles.met('a', OUT);
  troubles.met('b', new Error('out'));
  troubles.met('c', FULL);
  expect(signals).toEqual([begun(OUT), begun(FULL)]);
  troubles.over('a');
  troubles.over('c');
  expect(signals).toHaveLength(2);
  troubles.over('b');
  expect(signals.at(-1)).toEqual(OVER);
});
