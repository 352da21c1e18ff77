import { isLoopback } from '../../src/machine/loopback';

test.each(['127.0.0.1', '127.255.255.254', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1', 'localhost', 'LOCALHOST'])(
  '%s is this machine',
  (host) => {
    expect(isLoopback(host)).toBe(true);
  },
);

test.each([
  '0.0.0.0',
  '::',
  '126.255.255.255',
  '128.0.0.0',
  '::2',
  '::ffff:128.0.0.1',
  '127.1',
  'localhost.example',
  '',
])('%s is not known to be', (host) => {
  expect(isLoopback(host)).toBe(false);
});
