import { cpSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { AddressInfo } from 'node:net';
import path from 'node:path';
import { backupCommand } from '../../src/cli/backup';
import { Command } from '../../src/cli/command';
import { exportLogCommand } from '../../src/cli/export-log';
import { importLogCommand } from '../../src/cli/import-log';
import { restoreCommand } from '../../src/cli/restore';
import { cleanUps } from '../support/clean-ups';
import { eventually } from '../support/eventually';
import { startStandIn } from '../support/kurrentdb-log';
import { NodeClient, startNodeHere } from '../support/node-process';
import { runCommand } from '../support/run-command';
import { temporaryFolder } from '../support/temporary-folder';

/** What webhooks do after a restore of the ledger, after one of their own record, and after a move of the ledger. */

const onEnd = cleanUps();

interface Office {
  /** The departments whose registration was delivered, in order. */
  readonly got: readonly string[];
  /** The address of the receiver. */
  readonly url: string;
  readonly file: (name: string) => string;
  /** A server in this environment, in place of what the office has. */
  readonly start: (environment?: Environment) => ReturnType<typeof startNodeHere>;
  readonly run: (command: Command, options: readonly string[], environment?: Environment) => Promise<string>;
  readonly backup: (...options: readonly string[]) => Promise<string>;
  readonly restore: (...options: readonly string[]) => Promise<string>;
}
type Environment = Readonly<Record<string, string>>;

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
  const run: Office['run'] = (command, options, more = {}) => runCommand(command, options, { ...environment, ...more });
  return {
    got,
    url: `${origin}/`,
    file: (name) => path.join(folder.path, name),
    start: async (more = {}) => {
      const node = await startNodeHere({ ...environment, ...more }, onEnd);
      await eventually('it is ready', () => node.isReady());
      return node;
    },
    run,
    backup: (...options) => run(backupCommand, options),
    restore: (...options) => run(restoreCommand, [...options, '--force']),
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

/** The server has the receiver's answer for this position. Without it, a server that stops sends the change again. */
const isTaken = (node: NodeClient, position: string) =>
  eventually(`${position} is taken`, async () => {
    const { webhooks } = await ask(node, '{ webhooks { position } }');
    return webhooks[0].position === position;
  });

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

const LEFT_BEHIND = /record of who read what.* webhooks .*docs\/moving\.md\n$/;

test('webhooks go on after a move if their record and their secrets are moved too', async () => {
  const { got, url, file, start, run, backup } = await office();
  const before = await start();
  await ask(before, SUBSCRIBE, { url });
  await register(before, 'A', 'B');
  await hasGot(got, 'B');
  await isTaken(before, '2');
  await before.stop();

  const moved = { DATA_DIR: file('moved') };
  expect(await run(exportLogCommand, [file('ledger.ndjson')])).toMatch(LEFT_BEHIND);
  expect(await run(importLogCommand, [file('ledger.ndjson')], moved)).toMatch(LEFT_BEHIND);
  await backup(file('webhooks.copy'), '--webhooks');
  await run(restoreCommand, [file('webhooks.copy'), '--webhooks'], moved);
  cpSync(file('data/webhooks/secrets'), file('moved/webhooks/secrets'), { recursive: true });
  const after = await start(moved);
  await register(after, 'C');
  await hasGot(got, 'C');
  expect(got).toEqual(['A', 'B', 'C']);
});

test('after a move to KurrentDB, a webhook that is subscribed again after its position gets what is new, once', async () => {
  const { got, url, file, start, run } = await office();
  const before = await start();
  await ask(before, SUBSCRIBE, { url });
  await register(before, 'A', 'B');
  await hasGot(got, 'B');
  await isTaken(before, '2');
  await ask(before, 'mutation { pauseWebhook(input: { code: "W" }) { secret } }');
  await register(before, 'C');
  const { webhooks } = await ask(before, '{ webhooks { position } }');
  expect(webhooks).toEqual([{ position: '2' }]);
  await before.stop();

  const { url: EVENTSTORE_URL } = await startStandIn(onEnd);
  const moved = { EVENTSTORE_URL, DATA_DIR: file('moved') };
  await run(exportLogCommand, [file('ledger.ndjson')]);
  await run(importLogCommand, [file('ledger.ndjson')], moved);
  const after = await start(moved);
  expect((await ask(after, '{ webhooks { code } }')).webhooks).toEqual([]);
  await ask(after, SUBSCRIBE.replace('"0"', `"${webhooks[0].position}"`), { url });
  await register(after, 'D');
  await hasGot(got, 'D');
  expect(got).toEqual(['A', 'B', 'C', 'D']);
});
