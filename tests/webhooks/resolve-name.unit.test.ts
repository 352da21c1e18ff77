import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { resolveName } from '../../src/webhooks/adapters/resolve-name';
import { cleanUps } from '../support/clean-ups';

const onEnd = cleanUps();
const NEVER = new AbortController().signal;
const TYPES = { A: 1, AAAA: 28 } as const;
type Type = keyof typeof TYPES;

/** A name server that has these addresses for every name, as bytes. It answers the other type with no address. */
async function nameServer(records: Readonly<Partial<Record<Type, readonly number[]>>> | 'silent') {
  const socket = createSocket('udp4');
  let asked = 0;
  let onAsked = (): void => undefined;
  socket.on('message', (query, { port, address }) => {
    asked++;
    onAsked();
    if (records === 'silent') return;
    const question = query.subarray(12, query.indexOf(0, 12) + 5);
    const type = question.readUInt16BE(question.length - 4);
    const found = (Object.keys(records) as Type[]).find((name) => TYPES[name] === type);
    const data = Buffer.from(found === undefined ? [] : records[found]!);
    const header = Buffer.from([...query.subarray(0, 2), 0x81, 0x80, 0, 1, 0, found ? 1 : 0, 0, 0, 0, 0]);
    const answer = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, data.length, ...data]);
    socket.send(Buffer.concat([header, question, ...(found ? [answer] : [])]), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onEnd(() => socket.close());
  return {
    server: `127.0.0.1:${socket.address().port}`,
    asked: new Promise<void>((resolve) => {
      onAsked = resolve;
      if (asked > 0) resolve();
    }),
  };
}

const IPV4 = { address: '93.184.215.14', family: 4 };
const IPV6 = { address: '2606:4700::1', family: 6 };
const A = [93, 184, 215, 14];
const AAAA = [0x26, 0x06, 0x47, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

test.each([
  [{ A, AAAA }, [IPV4, IPV6]],
  [{ A }, [IPV4]],
  [{ AAAA }, [IPV6]],
])('a name has the addresses that its name server knows: %j', async (records, addresses) => {
  const { server } = await nameServer(records);
  expect(await resolveName('receiver.example', NEVER, [server])).toEqual(addresses);
});

test('a name without an address is not found', async () => {
  const { server } = await nameServer({});
  await expect(resolveName('receiver.example', NEVER, [server])).rejects.toMatchObject({ code: 'ENODATA' });
});

test('a name server that does not answer is not waited for after the signal', async () => {
  const { server, asked } = await nameServer('silent');
  const leaving = new AbortController();
  const resolving = resolveName('receiver.example', leaving.signal, [server]);
  await asked;
  leaving.abort();
  await expect(resolving).rejects.toMatchObject({ code: 'ECANCELLED' });
});
