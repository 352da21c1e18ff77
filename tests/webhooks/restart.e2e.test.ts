import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'libsql';
import { readConfig } from '../../src/app/config';
import { webhookSecretsFolder, webhooksFile } from '../../src/app/webhooks';
import { openSqliteEventStore } from '../../src/event-store/adapters/sqlite/sqlite-event-store';
import { SecretFiles } from '../../src/webhooks/adapters/secret-files';
import { eventOf } from '../../src/webhooks/events';
import { hashOf, newSecret } from '../../src/webhooks/secret';
import { webhooksPrefix, webhooksStream } from '../../src/webhooks/streams';
import { cleanUps } from '../support/clean-ups';
import { eventually } from '../support/eventually';
import { STREAM_PREFIX } from '../support/ledger';
import { NodeClient, startNode } from '../support/node-process';
import { temporaryFolder } from '../support/temporary-folder';

const ROOT = path.resolve(__dirname, '../..');
const HOOK = path.join(ROOT, 'tests/support/run-typescript.cjs');
const onEnd = cleanUps();

/** Starts examples/webhook-receiver.ts. Gives its port, and what it has said since. */
async function startReceiver(file: string, secret: string): Promise<{ port: number; positions: string[] }> {
  const child = spawn(process.execPath, ['--require', HOOK, path.join(ROOT, 'examples/webhook-receiver.ts'), file], {
    env: { PATH: process.env.PATH, PORT: '0', WEBHOOK_SECRET: secret },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onEnd(() => child.kill('SIGKILL'));
  const positions: string[] = [];
  const lines = createInterface({ input: child.stdout });
  const [first] = (await once(lines, 'line')) as [string];
  lines.on('line', (line) => positions.push((JSON.parse(line) as { readonly position: string }).position));
  return { port: (JSON.parse(first) as { readonly port: number }).port, positions };
}

test('the example receiver counts every change once, although the server is killed', async () => {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const secret = newSecret();
  const file = path.join(folder.path, 'counts.db');
  const { port, positions } = await startReceiver(file, secret);
  const origin = `http://127.0.0.1:${port}`;
  const environment = { DATA_DIR: path.join(folder.path, 'data'), WEBHOOKS: '1', WEBHOOK_TEST_ORIGINS: origin };
  let registered = 0;
  const register = async (node: NodeClient, departments: number): Promise<void> => {
    for (let left = departments; left > 0; left--) {
      const code = `D${++registered}`;
      const query = `mutation { registerDepartment(input: { code: "${code}", name: "局" }) { position } }`;
      expect(await node.ask(query)).toMatchObject({ data: { registerDepartment: { position: String(registered) } } });
    }
  };
  const hasAll = () => Promise.resolve(positions.includes(String(registered)));

  const first = await startNode(environment, onEnd);
  const subscribe = 'mutation($input: SubscribeWebhookInput!) { subscribeWebhook(input: $input) { webhook { code } } }';
  await first.ask(subscribe, { input: { code: 'counts', url: `${origin}/`, secret } });
  await register(first, 5);
  await eventually('some are delivered', () => Promise.resolve(positions.length >= 2));
  await first.kill();

  const second = await startNode(environment, onEnd);
  await register(second, 2);
  await eventually('the rest is delivered', hasAll);
  await second.stop();

  const db = new Database(file, { readonly: true });
  onEnd(() => db.close());
  const counts = db.prepare('SELECT department, changes FROM counts ORDER BY department').all();
  expect(counts).toEqual(
    Array.from({ length: registered }, (_, index) => ({ department: `D${index + 1}`, changes: 1 })),
  );
});

test('what is kept of a long record is there after a kill, and deliveries go on', async () => {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const secret = newSecret();
  const { port, positions } = await startReceiver(path.join(folder.path, 'counts.db'), secret);
  const origin = `http://127.0.0.1:${port}`;
  const dataDir = path.join(folder.path, 'data');
  await fillRecord(dataDir, `${origin}/`, secret);
  const environment = { DATA_DIR: dataDir, WEBHOOKS: '1', WEBHOOK_TEST_ORIGINS: origin };
  const kept = path.join(dataDir, 'webhooks/webhooks.kept');

  const first = await startNode(environment, onEnd);
  await eventually('the book is kept', () => Promise.resolve(existsSync(kept)));
  const question = '{ webhookAttempts(webhook: "counts") { number outcome } webhooks { code status position } }';
  const { data } = await first.ask(question);
  expect(data.webhooks).toEqual([{ code: 'counts', status: 'ACTIVE', position: '0' }]);
  expect(data.webhookAttempts).toHaveLength(100);
  await first.kill();

  const second = await startNode(environment, onEnd);
  expect((await second.ask(question)).data).toEqual(data);
  await second.ask('mutation { registerDepartment(input: { code: "D1", name: "局" }) { position } }');
  await eventually('it is delivered', () => Promise.resolve(positions.includes('1')));
  await second.stop();
});

/** A webhook with more attempts on record than a start reads again. */
async function fillRecord(dataDir: string, url: string, secret: string): Promise<void> {
  const prefix = webhooksPrefix(STREAM_PREFIX);
  new SecretFiles(webhookSecretsFolder({ dataDir, webhooks: readConfig({}, 'tool').webhooks })).put(secret);
  const log = openSqliteEventStore({ path: webhooksFile({ dataDir }), prefix, timeZone: 'Asia/Shanghai' });
  const subscriber = { sub: 'u-admin', roles: ['admin' as const], departments: ['*'], readDepartments: ['*'] };
  const subscribed = { webhook: 'counts', url, filter: {}, after: 0n, secretHash: hashOf(secret), subscriber };
  const by = { actor: { sub: 'u-admin' }, at: 0 };
  const first = eventOf({ type: 'WebhookSubscribed', data: subscribed }, by);
  const attempts = Array.from({ length: 1_100 }, (_, index) => {
    const attempt = { position: 1n, eventId: 'e', number: index + 1, at: 0, ms: 1, outcome: 'TIMED_OUT' as const };
    const progress = { webhook: 'counts', run: first.id, position: 0n, failures: 0, attempts: [attempt] };
    return eventOf({ type: 'WebhookAttemptsMade', data: { webhooks: [progress] } }, by);
  });
  await log.append(webhooksStream(prefix), [first, ...attempts], 'no-stream');
  await log.close();
}
