import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import path from 'node:path';
import { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { Authority, Credentials, makeAuthority } from '../support/certificates';
import { cleanUps } from '../support/clean-ups';
import { eventually } from '../support/eventually';
import { startNode } from '../support/node-process';
import { temporaryFolder } from '../support/temporary-folder';

/** Deliveries over TLS. Node.js reads NODE_EXTRA_CA_CERTS at its start, so whoever connects is a process of its own. */

const onEnd = cleanUps();
const folder = temporaryFolder();
const HOOK = path.join(__dirname, '../support/run-typescript.cjs');
const ANSWERED = { kind: 'answered', status: 204, retryAfterMs: 0 };
const NOT_CONNECTED = { kind: 'failed', outcome: 'NOT_CONNECTED' };

let trusted: Authority;
let unknown: Authority;

beforeAll(() => {
  trusted = makeAuthority(folder.path, 'trusted');
  unknown = makeAuthority(folder.path, 'unknown');
});
afterAll(() => {
  folder.remove();
});

interface Receiver {
  readonly port: number;
  /** The names that clients asked for in the handshake, and the header `host`, of each request. */
  readonly requests: { readonly sni: unknown; readonly host: string | undefined }[];
}

async function receiver(credentials: Credentials, host = '127.0.0.1'): Promise<Receiver> {
  const requests: Receiver['requests'] = [];
  const server: Server = createServer(credentials, (request, response) => {
    requests.push({
      sni: (request.socket as TLSSocket & { servername?: unknown }).servername,
      host: request.headers.host,
    });
    request.resume().on('end', () => response.writeHead(204).end());
  });
  server.listen(0, host);
  await once(server, 'listening');
  onEnd(() => server.close());
  return { port: (server.address() as AddressInfo).port, requests };
}

/** Posts to the URLs, in a process that trusts our authority. Every name leads to this address. */
async function postTo(urls: readonly string[], address = '127.0.0.1'): Promise<unknown> {
  const script = path.join(__dirname, 'post-apart.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--require', HOOK, script, address, ...urls], {
    env: { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: trusted.file },
  });
  return JSON.parse(stdout);
}

test('the certificate is checked for the name of the receiver, at the address that was looked up', async () => {
  // 127.0.0.2 stands for the address that was checked; the name is known nowhere else.
  const address = '127.0.0.2';
  const right = await receiver(trusted.issue('receiver.example'), address);
  const wrongName = await receiver(trusted.issue('other.example'), address);
  const ofAddress = await receiver(trusted.issue(address), address);
  const untrusted = await receiver(unknown.issue('receiver.example'), address);
  const urls = [right, wrongName, ofAddress, untrusted].map(({ port }) => `https://receiver.example:${port}/`);
  expect(await postTo(urls, address)).toEqual([ANSWERED, NOT_CONNECTED, NOT_CONNECTED, NOT_CONNECTED]);
  expect(right.requests).toEqual([{ sni: 'receiver.example', host: `receiver.example:${right.port}` }]);
  // Not even the headers were sent to the others.
  expect([wrongName, ofAddress, untrusted].flatMap(({ requests }) => requests)).toEqual([]);
});

test('a server with NODE_EXTRA_CA_CERTS delivers to a receiver of its own authority, and to no other', async () => {
  const right = await receiver(trusted.issue('localhost'));
  const untrusted = await receiver(unknown.issue('localhost'));
  const [origin, other] = [right, untrusted].map(({ port }) => `https://localhost:${port}`) as [string, string];
  const node = await startNode(
    {
      DATA_DIR: path.join(folder.path, 'data'),
      NODE_EXTRA_CA_CERTS: trusted.file,
      WEBHOOKS: '1',
      // The loopback address is not public.
      WEBHOOK_TEST_ORIGINS: `${origin},${other}`,
    },
    onEnd,
  );
  const subscribe = 'mutation($input: SubscribeWebhookInput!) { subscribeWebhook(input: $input) { webhook { code } } }';
  for (const [code, url] of Object.entries({ right: `${origin}/`, untrusted: `${other}/` }))
    expect(await node.ask(subscribe, { input: { code, url } })).not.toHaveProperty('errors');
  await node.ask('mutation { registerDepartment(input: { code: "D1", name: "局" }) { position } }');
  const outcomes = async () => {
    const { data } = await node.ask(
      '{ right: webhookAttempts(webhook: "right") { outcome } untrusted: webhookAttempts(webhook: "untrusted") { outcome number } }',
    );
    return data as { readonly right: readonly object[]; readonly untrusted: readonly object[] };
  };
  await eventually('both attempts are on record', async () => {
    const { right: one, untrusted: two } = await outcomes();
    return one.length > 0 && two.length > 0;
  });
  expect(await outcomes()).toMatchObject({
    right: [{ outcome: 'DELIVERED' }],
    // The newest one is first.
    untrusted: expect.arrayContaining([{ outcome: 'NOT_CONNECTED', number: 1 }]),
  });
  expect([right.requests.length, untrusted.requests.length]).toEqual([1, 0]);
  await node.stop();
});
