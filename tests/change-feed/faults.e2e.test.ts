import { setImmediate as nextTurn } from 'node:timers/promises';
import Redis from 'ioredis';
import { Bell } from '../../src/kernel/async';
import { TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { eventually } from '../support/eventually';
import { FeedClient, feedClient, isCaughtUp, Item, read, sequencesOf, TRANSPORTS } from '../support/feed-client';
import { startNode } from '../support/node-process';
import { startApiOnRedis } from '../support/redis/api';
import { startRedis } from '../support/redis/server';
import { temporaryFolder } from '../support/temporary-folder';

const onEnd = cleanUps();

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** A subscriber to everything, and what it has received so far. */
class Following {
  readonly items: Item[] = [];
  readonly ended: Promise<unknown>;
  private readonly changed = new Bell();

  constructor(client: FeedClient, after: string) {
    this.ended = read(client.ask({ variables: { after } }), undefined, (item) => {
      this.items.push(item);
      this.changed.ring();
    }).catch((error: unknown) => error);
  }

  async has(sequence: number): Promise<void> {
    while ((sequencesOf(this.items).at(-1) ?? 0) < sequence) await this.changed.wait();
  }
}

async function follow(api: TestApi): Promise<readonly Following[]> {
  const token = await api.token({ roles: ['analyst'] });
  return TRANSPORTS.map((transport) => {
    const client = feedClient(transport, { url: api.url, token });
    onEnd(() => {
      client.dispose();
    });
    return new Following(client, '0');
  });
}

async function write(api: Pick<TestApi, 'ask'>, code: string): Promise<void> {
  await eventually(`${code} is registered`, async () => {
    const { errors } = await api.ask(
      'mutation($input: RegisterDepartmentInput!) { registerDepartment(input: $input) { position } }',
      { input: { code, name: code, idempotencyKey: code } },
    );
    return errors === undefined;
  });
}

test('the read models are lost and rebuilt: no subscriber loses a change, and old positions stay valid', async () => {
  const redis = await startRedis();
  onEnd(() => redis.stop());
  const api = await startApiOnRedis(redis.url);
  onEnd(() => api.close());
  for (const code of ['D1', 'D2', 'D3', 'D4']) await write(api, code);
  const readers = await follow(api);
  for (const reader of readers) await reader.has(4);
  const client = new Redis(redis.port);
  await client.flushall();
  client.disconnect();
  for (const code of ['D5', 'D6']) await write(api, code);
  for (const reader of readers) {
    await reader.has(6);
    expect(sequencesOf(reader.items)).toEqual(upTo(6));
  }
  const { position } = readers[0]!.items[1]!;
  for (const transport of TRANSPORTS) {
    const resuming = feedClient(transport, { url: api.url, token: await api.token() });
    onEnd(() => {
      resuming.dispose();
    });
    const items = await read(resuming.ask({ variables: { after: position } }), isCaughtUp);
    expect(sequencesOf(items)).toEqual([3, 4, 5, 6]);
  }
  expect(api.damage).toEqual([]);
});

test('the node is killed while it writes its ledger file: a subscriber that resumes at the next node loses nothing', async () => {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const start = () => startNode({ DATA_DIR: folder.path }, onEnd);
  const connectTo = ({ address, token }: Awaited<ReturnType<typeof start>>, after: readonly string[]) =>
    TRANSPORTS.map((transport, index) => {
      const client = feedClient(transport, { url: address, token });
      onEnd(() => {
        client.dispose();
      });
      return new Following(client, after[index]!);
    });
  const node = await start();
  await write(node, 'D1');
  const before = connectTo(node, ['0', '0']);
  let written = 1;
  const killed = new AbortController();
  const writing = (async () => {
    while (!killed.signal.aborted) {
      await node
        .ask('mutation($input: RegisterDepartmentInput!) { registerDepartment(input: $input) { position } }', {
          input: { code: `D${++written}`, name: '新' },
        })
        .catch(() => undefined);
      await nextTurn();
    }
  })();
  for (const reader of before) await reader.has(5);
  await node.kill();
  killed.abort();
  await writing;
  for (const reader of before) expect(await reader.ended).toBeDefined();

  const other = await start();
  await write(other, 'LAST');
  const { data } = await other.ask('{ departments(first: 200) { nodes { code } } }');
  const count = data.departments.nodes.length;
  const after = connectTo(
    other,
    before.map(({ items }) => items.at(-1)!.position),
  );
  for (const [index, reader] of after.entries()) {
    await reader.has(count);
    expect([...sequencesOf(before[index]!.items), ...sequencesOf(reader.items)]).toEqual(upTo(count));
  }
});
