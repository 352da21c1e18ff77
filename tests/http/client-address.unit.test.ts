import { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { clientAddress, networkOf } from '../../src/http/client-address';
import { runs } from '../support/property';

const request = (remoteAddress: string, forwarded?: string): IncomingMessage =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:c000:0201', '192.0.2.1'],
  ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ['192.0.2.1:443', undefined],
  ['', undefined],
  ['client', undefined],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test('addresses of one /64 count as one, however they are written', () => {
  const hextet = fc.nat({ max: 0xffff });
  const hextets = (length: number) => fc.array(hextet, { minLength: length, maxLength: length });
  fc.assert(
    fc.property(hextets(4), hextets(4), ([first = 1, ...network], host) => {
      const written = [first || 1, ...network].map((part) => part.toString(16));
      const plain = [...written, ...host.map((part) => part.toString(16))].join(':');
      const padded = plain.replace(/[^:]+/g, (part) => part.padStart(4, '0').toUpperCase());
      const shortened = new URL(`http://[${plain}]`).hostname.slice(1, -1);
      for (const address of [plain, padded, shortened]) expect(networkOf(address)).toBe(`${written.join(':')}::/64`);
    }),
    runs(200),
  );
});

test.each([
  ['without proxies, nobody is believed', [], '192.0.2.9', '198.51.100.1', '192.0.2.9'],
  ['a trusted proxy is believed', ['192.0.2.9'], '192.0.2.9', '198.51.100.1', '198.51.100.1'],
  ['a network of proxies', ['192.0.2.0/24'], '::ffff:192.0.2.9', '198.51.100.1, 192.0.2.7', '198.51.100.1'],
  [
    'what a client wrote before a proxy did is not believed',
    ['192.0.2.9'],
    '192.0.2.9',
    '10.0.0.1, 198.51.100.1',
    '198.51.100.1',
  ],
  ['another sender is not believed', ['192.0.2.9'], '192.0.2.8', '198.51.100.1', '192.0.2.8'],
  ['a proxy on this machine', ['loopback'], '127.0.0.1', '2001:db8::1', '2001:db8:0:0::/64'],
  ['what is not an address is ignored', ['192.0.2.9'], '192.0.2.9', 'unknown', '192.0.2.9'],
])('%s', (_, proxies, remote, forwarded, address) => {
  expect(clientAddress(proxies)(request(remote, forwarded))).toBe(address);
});

test('a socket that is closed already has no address', () => {
  expect(clientAddress([])({ socket: {}, headers: {} } as IncomingMessage)).toBe('unknown');
});
