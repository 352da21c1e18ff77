import { randomUUID } from 'node:crypto';
import Redis from 'ioredis';
import { EventStore } from '../../../src/event-store/event-store';
import { rebuild } from '../../../src/projector/rebuild';
import { RedisTemporalStore } from '../../../src/read-model/adapters/redis/redis-temporal-store';
import { expectAgreement, ledgerParts } from '../../support/agreement';
import { Answer } from '../../support/api';
import { cleanUps } from '../../support/clean-ups';
import { collect } from '../../support/events';
import { eventually } from '../../support/eventually';
import { openLog, startStandIn } from '../../support/kurrentdb-log';
import { DAY, LINE, Load, YEAR } from '../../support/load';
import { NodeProcess, startNode } from '../../support/node-process';
import { openReadModels } from '../../support/redis/harness';
import { RedisServer, startRedis } from '../../support/redis/server';
import { NO_TELEMETRY } from '../../../src/kernel/telemetry';

const SPEND =
  'mutation($input: RecordExpenditureInput!) { recordExpenditure(input: $input) { position projected changes { id revision } } }';

const onEnd = cleanUps(afterAll);

let redis: RedisServer;
let log: EventStore;
let store: RedisTemporalStore;
let nodes: readonly [NodeProcess, NodeProcess, NodeProcess];
let active: NodeProcess;

beforeAll(async () => {
  redis = await startRedis();
  onEnd(() => redis.stop());
  const standIn = await startStandIn(onEnd);
  log = openLog(standIn.url);
  onEnd(() => log.close());
  store = openReadModels(redis.url, () => undefined, { cacheBytes: undefined });
  onEnd(() => store.close());
  const start = (roles: string) =>
    startNode({ ROLES: roles, EVENTSTORE_URL: standIn.url, REDIS_URL: redis.url }, onEnd);
  const starting = Promise.all([start('api'), start('api'), start('api')]);
  // No other process asks for the lease before this one has it.
  active = await start('projector');
  await eventually('the projector has begun', () => active.isReady());
  nodes = await starting;
  await start('projector');
});

const spend = (node: NodeProcess, input: object = {}): Promise<Answer> =>
  node.ask(SPEND, {
    input: { department: 'D1', fiscalYear: YEAR, line: LINE, amount: '0.01', effectiveAt: DAY, ...input },
  });
const codesOf = ({ errors }: Answer) => errors?.map(({ extensions }) => extensions.code);
const revisionAt = (node: NodeProcess, position?: string) =>
  node.ask(
    position === undefined
      ? `{ budget(department: "D1", fiscalYear: ${YEAR}) { revision } }`
      : `{ asOf(at: { position: "${position}" }) { budget(department: "D1", fiscalYear: ${YEAR}) { revision } } }`,
  );

test('three nodes and two projectors serve one ledger, and the active projector is killed', async () => {
  const load = await Load.start(
    nodes.map(({ ask }) => ask),
    { writers: 3, askers: 3 },
  );
  onEnd(() => load.abandon());
  await load.moreWrites(15);
  await load.moreAnswers(15);
  await active.kill();
  // The other one takes over: what is written now can be read.
  const { position } = (await spend(nodes[0])).data.recordExpenditure;
  await eventually(
    'what was written after the death can be read',
    async () => (await store.watermark())!.position >= BigInt(position),
  );
  await load.moreWrites(15);
  await load.finish(log);
  await expectAgreement(log, store);

  const before = await dump(redis.port);
  const result = await rebuild({
    ...ledgerParts(log),
    store,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    telemetry: NO_TELEMETRY,
  });
  expect(result.kind).toBe('serving');
  await store.collect();
  const after = await dump(redis.port);
  expect(before.versions).toHaveLength(1);
  expect(after.versions).toHaveLength(1);
  expect(after.versions).not.toEqual(before.versions);
  expect(after.contents).toEqual(before.contents);
});

test('what is written through one node is read through the others', async () => {
  for (const [index, writer] of nodes.entries()) {
    const { position, changes } = (await spend(writer)).data.recordExpenditure;
    for (const reader of nodes) {
      const { data, errors } = await revisionAt(reader, position);
      expect(errors).toBeUndefined();
      expect({ index, ...data.asOf.budget }).toEqual({ index, revision: changes[0].revision });
    }
  }
});

test('a key that is sent to all nodes at once is recorded once', async () => {
  const idempotencyKey = randomUUID();
  // While one append is under way, the event store drops a repeat of it without an answer.
  const answers = await Promise.all(nodes.map((node) => spend(node, { idempotencyKey, amount: '5.55' })));
  expect(answers.map(codesOf)).toEqual([undefined, undefined, undefined]);
  expect(new Set(answers.map(({ data }) => data.recordExpenditure.position)).size).toBe(1);
  const events = await collect(log.readAll(0n));
  expect(events.filter(({ metadata }) => metadata.idempotencyKey === idempotencyKey)).toHaveLength(1);
  const other = await spend(nodes[1], { idempotencyKey, amount: '5.56' });
  expect(codesOf(other)).toEqual(['CONFLICT']);
});

test('of several writers that expect the same revision on different nodes, one succeeds', async () => {
  const { revision } = (await revisionAt(nodes[0])).data.budget;
  const answers = await Promise.all(nodes.map((node) => spend(node, { expectedRevision: revision })));
  expect(answers.map(codesOf).toSorted()).toEqual([['CONFLICT'], ['CONFLICT'], undefined]);
  const late = await spend(nodes[2], { expectedRevision: revision });
  expect(late.errors?.[0]?.extensions).toMatchObject({
    expectedRevision: revision,
    currentRevision: Number(revision) + 1,
  });
});

test('a node that is stopped ends well', async () => {
  expect(await nodes[2].stop()).toBe(0);
});

interface Dump {
  readonly versions: readonly string[];
  /** By key, without the name of the version and the token of the writer. */
  readonly contents: Readonly<Record<string, unknown>>;
}

async function dump(port: number): Promise<Dump> {
  const client = new Redis(port);
  const versions = new Set<string>();
  const contents: Record<string, unknown> = {};
  for (const key of await client.keys('*')) {
    const [, version] = /\{([0-9a-f]{12})\./.exec(key) ?? [];
    if (version === undefined) continue;
    versions.add(version);
    contents[key.replace(version, '')] = await contentOf(client, key);
  }
  client.disconnect();
  return { versions: [...versions], contents };
}

async function contentOf(client: Redis, key: string): Promise<unknown> {
  switch (await client.type(key)) {
    case 'stream':
      return client.xrange(key, '-', '+');
    case 'zset':
      return client.zrange(key, '0', '-1', 'WITHSCORES');
    default: {
      const { fence: _, ...checkpoint } = await client.hgetall(key);
      return checkpoint;
    }
  }
}
