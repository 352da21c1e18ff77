import { createServer } from 'node:http';
import { once } from 'node:events';
import { AddressInfo } from 'node:net';
import path from 'node:path';
import { backupCommand } from '../../src/cli/backup';
import { restoreCommand } from '../../src/cli/restore';
import { cleanUps } from '../support/clean-ups';
import { eventually } from '../support/eventually';
import { NodeClient, startNodeHere } from '../support/node-process';
import { runCommand } from '../support/run-command';
import { temporaryFolder } from '../support/temporary-folder';

/** What webhooks do after a restore of the ledger, and after one of their own record. */

const onEnd = cleanUps();

interface Office {
  /** The departments whose registration was delivered, in order. */
  readonly got: readonly string[];
  /** The address of the receiver. */
  readonly url: string;
  readonly file: (name: string) => string;
  readonly start: (environment?: Readonly<Record<string, string>>) => ReturnType<typeof startNodeHere>;
  readonly backup: (...options: readonly string[]) => Promise<string>;
  readonly restore: (...options: readonly string[]) => Promise<string>;
}

async function office(): Promise<Office> {
  const got: string[] = [];
  const receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      got.push((JSON.parse(body) as { readonly data: { readonly entity: string } }).data.entity);
      response.writeHead(204).end();
    });
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  onEnd(() => receiver.close());
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const environment = { DATA_DIR: path.join(folder.path, 'data'), LOG_LEVEL: 'silent', WEBHOOKS: '1', WEBHOOK_TEST_ORIGINS: origin }; // prettier-ignore
  return {
    got,
    url: `${origin}/`,
    file: (name) => path.join(folder.path, name),
    start: async (more = {}) => {
      const node = await startNodeHere({ ...environment, ...more }, onEnd);
      await eventually('it is ready', () => node.isReady());
      return node;
    },
    backup: (...options) => runCommand(backupCommand, options, environment),
    restore: (...options) => runCommand(restoreCommand, [...options, '--force'], environment),
  };
}

async function ask(node: NodeClient, query: string, variables?: object): Promise<any> {
  const { data, errors } = await node.ask(query, variables);
  expect(errors).toBeUndefined();
  return data;
}
const register = async (node: NodeClient, ...codes: readonly string[]): Promise<void> => {
  for (const code of codes)
    await ask(node, `mutation { registerDepartment(input: { code: "${code}", name: "局" }) { position } }`);
};
const SUBSCRIBE =
  'mutation($url: String!) { subscribeWebhook(input: { code: "W", url: $url, after: "0" }) { webhook { code } } }';

const hasGot = (got: readonly string[], ...codes: readonly string[]) =>
  eventually(`${codes.join()} came`, () => Promise.resolve(codes.every((code) => got.includes(code))));

test('a ledger that was restored and has grown past a webhook stops it, and nothing is left out without a word', async () => {
  const { got, url, file, start, backup, restore } = await office();
  const before = await start();
  await ask(before, SUBSCRIBE, { url });
  await register(before, 'A', 'B');
  await backup(file('ledger.copy'));
  await register(before, 'C', 'D');
  await hasGot(got, 'D');
  await before.stop();

  await restore(file('ledger.copy'));
  // Nobody looks at the webhook while the new changes take the positions of the old ones.
  const without = await start({ WEBHOOKS: '0' });
  await register(without, 'E', 'F', 'G');
  await without.stop();
  const after = await start();
  await eventually('it has stopped', async () => {
    const { webhooks } = await ask(after, '{ webhooks { status stopReason } }');
    return webhooks[0].status === 'STOPPED' && webhooks[0].stopReason === 'LOG_REPLACED';
  });
  expect(got).toEqual(['A', 'B', 'C', 'D']);
  const goOn =
    'mutation { replayWebhook(input: { code: "W", after: "2" }) { secret } resumeWebhook(input: { code: "W" }) { secret } }';
  await ask(after, goOn);
  await hasGot(got, 'G');
  expect(got.slice(4)).toEqual(['E', 'F', 'G']);
});

test('a record of webhooks that was restored delivers again what came after the backup, and leaves nothing out', async () => {
  const { got, url, file, start, backup, restore } = await office();
  const before = await start();
  await ask(before, SUBSCRIBE, { url });
  await register(before, 'A');
  await hasGot(got, 'A');
  // While the server runs. What was delivered may not be on record yet.
  expect(await backup(file('webhooks.copy'), '--webhooks')).toMatch(/webhooks\.copy: \d+ events, .* checked\n$/);
  await register(before, 'B', 'C');
  await hasGot(got, 'C');
  await before.stop();

  expect(await restore(file('webhooks.copy'), '--webhooks')).toMatch(/^Restored \d+ events/);
  const after = await start();
  await register(after, 'D');
  await hasGot(got, 'D');
  expect(got.slice(0, 3)).toEqual(['A', 'B', 'C']);
  // A may come again, too.
  expect(got.slice(3).filter((code) => code !== 'A')).toEqual(['B', 'C', 'D']);
});
