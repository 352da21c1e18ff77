import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'libsql';
import { newSecret } from '../../src/webhooks/secret';
import { cleanUps } from '../support/clean-ups';
import { eventually } from '../support/eventually';
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
