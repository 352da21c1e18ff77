import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteEventStore } from '../../../src/event-store/adapters/sqlite/sqlite-event-store';
import { rebuild } from '../../../src/projector/rebuild';
import { expectAgreement, ledgerParts } from '../../support/agreement';
import { cleanUps } from '../../support/clean-ups';
import { eventually } from '../../support/eventually';
import { feedClient } from '../../support/feed-client';
import { NodeClient, startNodeHere } from '../../support/node-process';
import { openReadModels } from '../../support/redis/harness';
import { sharedRedis } from '../../support/redis/shared-redis';
import { temporaryFolder } from '../../support/temporary-folder';
import { NO_TELEMETRY } from '../../../src/kernel/telemetry';

const onEnd = cleanUps();
const redis = sharedRedis();
beforeEach(() => redis.client.flushall());

const ENGINES = ['memory', 'Redis'] as const;

interface Ledger {
  readonly file: string;
  readonly older: string;
  start(): ReturnType<typeof startNodeHere>;
}

const register = ({ ask }: NodeClient, code: string) =>
  ask(`mutation { registerDepartment(input: { code: "${code}", name: "数据管理局" }) { position projected } }`);

/** The ledger of a stopped server, with an older copy of its file, and how to start it again. */
async function prepare(engine: (typeof ENGINES)[number]): Promise<Ledger> {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const start = () =>
    startNodeHere({ DATA_DIR: folder.path, ...(engine === 'Redis' ? { REDIS_URL: redis.url } : {}) }, onEnd);
  const file = join(folder.path, 'ledger.db');
  const older = join(folder.path, 'older.db');
  const first = await start();
  await eventually('it is ready', () => first.isReady());
  expect((await register(first, 'D1')).errors).toBeUndefined();
  await first.stop();
  copyFileSync(file, older);
  return { file, older, start };
}

async function expectRefusals(node: NodeClient, line: RegExp): Promise<void> {
  await eventually('it says why it is not ready', async () => line.test((await node.problem()) ?? ''));
  const questions = [
    '{ departments { nodes { code } } }',
    '{ asOf(at: { position: "1" }) { departments { nodes { code } } } }',
    '{ asOf(at: {}) { position } }',
    '{ changes(after: "0") { nodes { position } } }',
    '{ ledger { head projected } }',
  ];
  for (const question of questions) {
    const codes = (await node.ask(question)).errors?.map(({ extensions }) => extensions.code);
    expect({ question, codes: [...new Set(codes)] }).toEqual({ question, codes: ['UNAVAILABLE'] });
  }
  expect((await register(node, 'D9')).errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAVAILABLE']);
  const pulled = await fetch(`${node.address}/changes.ndjson`, { headers: { authorization: `Bearer ${node.token}` } });
  expect(pulled.status).toBe(503);
}

const codesIn = async ({ ask }: NodeClient): Promise<readonly string[]> =>
  (await ask('{ departments { nodes { code } } }')).data.departments.nodes.map(({ code }: { code: string }) => code);

describe.each(ENGINES)('a ledger file under a running server, with read models in %s,', (engine) => {
  test.each<[string, (ledger: Ledger) => void]>([
    [
      'is replaced by an older one that is moved to its path',
      ({ file, older }) => {
        renameSync(older, file);
      },
    ],
    [
      'is overwritten with an older one',
      ({ file, older }) => {
        copyFileSync(older, file);
      },
    ],
    [
      'is removed',
      ({ file }) => {
        rmSync(file);
      },
    ],
  ])('%s', async (_, replace) => {
    const ledger = await prepare(engine);
    const node = await ledger.start();
    await eventually('it is ready', () => node.isReady());
    expect((await register(node, 'D2')).errors).toBeUndefined();
    const client = feedClient('SSE', { url: node.address, token: node.token });
    onEnd(() => {
      client.dispose();
    });
    const feed = client.ask({ variables: { after: '0' } });
    await feed.next();

    replace(ledger);
    // This is the first request: the append itself must notice it.
    expect((await register(node, 'D3')).errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAVAILABLE']);
    await expectRefusals(
      node,
      /^[^\n]*ledger\.db: another program changed or replaced it[^\n]*Restart the process[^\n]*$/,
    );
    let code: string | undefined;
    for await (const { errors } of feed) code ??= errors?.[0].extensions.code;
    expect(code).toBe('UNAVAILABLE');
  });
});

test('a file that was moved to the path of another is served after a restart without the anchor of the other', async () => {
  const ledger = await prepare('memory');
  const node = await ledger.start();
  await eventually('it is ready', () => node.isReady());
  await register(node, 'D2');
  renameSync(ledger.older, ledger.file);
  await eventually('it is not ready', async () => !(await node.isReady()));
  await node.stop();

  await expect(ledger.start()).rejects.toThrow(/position 2 was recorded/);
  rmSync(`${ledger.file}-anchor`);
  const next = await ledger.start();
  await eventually('it is ready', () => next.isReady());
  expect(await codesIn(next)).toEqual(['D1']);
});

test('an older ledger file with newer read models in Redis is refused until the rebuild', async () => {
  const ledger = await prepare('Redis');
  const node = await ledger.start();
  await eventually('it is ready', () => node.isReady());
  expect((await register(node, 'D2')).data.registerDepartment.projected).toBe(true);
  await node.stop();
  renameSync(ledger.older, ledger.file);
  rmSync(`${ledger.file}-anchor`);

  const again = await ledger.start();
  await expectRefusals(again, /^[^\n]*does not have the event at position 2[^\n]*mingjian rebuild[^\n]*$/);
  await again.stop();

  const log = openSqliteEventStore({ path: ledger.file, prefix: 'mingjian-' });
  const store = openReadModels(redis.url, () => undefined, { cacheBytes: undefined });
  onEnd(() => store.close());
  expect(await log.head()).toBe(1n);
  const ignored = { onProgress: () => undefined, telemetry: NO_TELEMETRY };
  await rebuild({ ...ledgerParts(log), store, signal: new AbortController().signal, ...ignored });
  await expectAgreement(log, store);
  await log.close();

  const last = await ledger.start();
  await eventually('it is ready', () => last.isReady());
  expect(await codesIn(last)).toEqual(['D1']);
  await eventually('it records', async () => (await register(last, 'D4')).errors === undefined);
  await eventually('it answers with it', async () => (await codesIn(last)).includes('D4'));
});
