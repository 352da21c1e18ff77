import { RequestsInFlight } from '../../src/http/requests-in-flight';
import { HttpRefusal } from '../../src/http/refusal';

test('a principal has at most so many requests in flight, and others are not affected', () => {
  const inFlight = new RequestsInFlight(2);
  const [first] = [inFlight.enter('u-1'), inFlight.enter('u-1')];
  expect(() => inFlight.enter('u-1')).toThrow(HttpRefusal);
  inFlight.enter('u-2');
  first();
  inFlight.enter('u-1');
  expect(() => inFlight.enter('u-1')).toThrow(HttpRefusal);
});

test('a request that is over twice gives up only one place', () => {
  const inFlight = new RequestsInFlight(2);
  const [first] = [inFlight.enter('u-1'), inFlight.enter('u-1')];
  first();
  first();
  inFlight.enter('u-1');
  expect(() => inFlight.enter('u-1')).toThrow(HttpRefusal);
});
