import { EventStore } from '../../../src/event-store/event-store';
import { rebuild } from '../../../src/projector/rebuild';
import { RedisTemporalStore } from '../../../src/read-model/adapters/redis/redis-temporal-store';
import { expectAgreement, ledgerParts } from '../../support/agreement';
import { cleanUps } from '../../support/clean-ups';
import { eventually } from '../../support/eventually';
import { feedClient } from '../../support/feed-client';
import { openLog, startStandIn } from '../../support/kurrentdb-log';
import { KurrentStandIn } from '../../support/kurrentdb/stand-in';
import { Ask, DAY, LINE, YEAR } from '../../support/load';
import { NodeClient, startNodeHere } from '../../support/node-process';
import { openReadModels } from '../../support/redis/harness';
import { sharedRedis } from '../../support/redis/shared-redis';
import { temporaryFolder } from '../../support/temporary-folder';
import { NO_TELEMETRY } from '../../../src/kernel/telemetry';

const REBUILD = /^[^\n]*does not have the event at position \d+[^\n]*mingjian rebuild[^\n]*$/;

const onEnd = cleanUps();
const redis = sharedRedis();
beforeEach(() => redis.client.flushall());

interface Cluster {
  readonly standIn: KurrentStandIn;
  /** The log and the read models over the test's own connections. */
  readonly log: EventStore;
  readonly store: RedisTemporalStore;
  readonly api: NodeClient;
  readonly projector: NodeClient;
  readonly both: NodeClient;
}

/** A node for each combination of roles, over one event store and one Redis. */
async function startCluster(): Promise<Cluster> {
  const standIn = await startStandIn(onEnd);
  const start = (roles: string) =>
    startNodeHere({ ROLES: roles, EVENTSTORE_URL: standIn.url, REDIS_URL: redis.url }, onEnd);
  const [api, projector, both] = await Promise.all([start('api'), start('projector'), start('api,projector')]);
  const log = openLog(standIn.url);
  onEnd(() => log.close());
  const store = openReadModels(redis.url, () => undefined, { cacheBytes: undefined });
  onEnd(() => store.close());
  return { standIn, log, store, api, projector, both };
}

const SPEND = `mutation($input: RecordExpenditureInput!) { recordExpenditure(input: $input) { position projected } }`;
const spend = (ask: Ask, amount: string) =>
  ask(SPEND, { input: { department: 'D1', fiscalYear: YEAR, line: LINE, amount, effectiveAt: DAY } });

/** Until it is recorded: a node that was just started may not have connected to the stores yet. */
async function write(ask: Ask, query: string, variables?: object): Promise<void> {
  await eventually(query, async () => (await ask(query, variables)).errors === undefined);
}

async function approve(ask: Ask): Promise<void> {
  const lines = [{ code: LINE, name: '基本支出', amount: '1000.00', fundSource: 'GENERAL_PUBLIC_BUDGET' }];
  await write(ask, `mutation { registerDepartment(input: { code: "D1", name: "数据管理局" }) { position } }`);
  await write(
    ask,
    `mutation($lines: [OpeningLineInput!]!) {
      approveBudget(input: { department: "D1", fiscalYear: ${YEAR}, effectiveAt: "${DAY}", lines: $lines }) { position }
    }`,
    { lines },
  );
}

async function spendEach(ask: Ask, amounts: readonly string[]): Promise<void> {
  for (const amount of amounts) {
    await eventually(`${amount} is spent`, async () => (await spend(ask, amount)).errors === undefined);
  }
}

/** A folder with a log that begins with the log of another folder. */
async function writtenAfter(start: string, use: (ask: Ask) => Promise<void>): Promise<string> {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const standIn = await startStandIn(onEnd);
  await standIn.putBack(start);
  await standIn.listen();
  const node = await startNodeHere({ EVENTSTORE_URL: standIn.url }, onEnd);
  await use(node.ask);
  await node.stop();
  await standIn.copyLogTo(folder.path);
  return folder.path;
}

const nowhere = (): string => {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  return folder.path;
};

/** Ways to replace a log of three expenditures that was copied before these were recorded. */
const replacements: readonly (readonly [string, (older: string) => Promise<string>])[] = [
  ['an older copy of it', (older) => Promise.resolve(older)],
  [
    'an older copy of it that continued with other events and has the same length',
    (older) => writtenAfter(older, (ask) => spendEach(ask, ['4.00', '5.00', '6.00'])),
  ],
  [
    'an older copy of it that continued with other events and is longer',
    (older) => writtenAfter(older, (ask) => spendEach(ask, ['4.00', '5.00', '6.00', '7.00', '8.00'])),
  ],
  ['nothing', () => Promise.resolve(nowhere())],
  [
    'the log of another ledger',
    () =>
      writtenAfter(nowhere(), async (ask) => {
        await approve(ask);
        await spendEach(ask, ['9.00', '9.00', '9.00', '9.00', '9.00', '9.00', '9.00']);
      }),
  ],
];

const questionsAt = (position: string): readonly string[] => [
  `{ budget(department: "D1", fiscalYear: ${YEAR}) { executed revision } }`,
  `{ asOf(at: { position: "${position}" }) { budget(department: "D1", fiscalYear: ${YEAR}) { executed } } }`,
  '{ asOf(at: { position: "1" }) { departments { nodes { code } } } }',
  '{ asOf(at: { knownAt: "2000-01-01" }) { departments { nodes { code } } } }',
  '{ asOf(at: {}) { position } }',
  '{ changes(after: "0") { nodes { position } } }',
  '{ ledger { head } }',
  '{ ledger { projected } }',
];

const codesOf = async (
  asked: Promise<{ readonly errors?: readonly { readonly extensions: { readonly code: string } }[] }>,
) => (await asked).errors?.map(({ extensions }) => extensions.code);

const exported = ({ address, token }: NodeClient, path: string) =>
  fetch(`${address}${path}`, { headers: { authorization: `Bearer ${token}` } });

async function errorOf(feed: AsyncIterableIterator<any>): Promise<string | undefined> {
  for await (const { errors } of feed) if (errors) return errors[0].extensions.code;
  return undefined;
}

const answersOf = async ({ ask }: NodeClient, questions: readonly string[]) =>
  Promise.all(questions.map(async (question) => (await ask(question)).data));

test.each(replacements)('a log that is replaced under running nodes by %s', async (_, replacementFor) => {
  const { standIn, log, store, api, projector, both } = await startCluster();
  await approve(api.ask);
  const older = nowhere();
  await standIn.copyLogTo(older);
  await spendEach(api.ask, ['1.00', '2.00', '3.00']);
  await expectAgreement(log, store);
  const replacement = await replacementFor(older);

  const position = String(await log.head());
  const questions = questionsAt(position);
  const before = await answersOf(api, questions);
  const following = [api, both].map(({ address, token }) => {
    const client = feedClient('SSE', { url: address, token });
    onEnd(() => {
      client.dispose();
    });
    return client.ask({ variables: { after: '0' } });
  });
  // They have begun before the log is replaced.
  for (const feed of following) await feed.next();
  const feeds = following.map(errorOf);

  await standIn.putBack(replacement);
  // The record of reads is apart from the ledger, and goes on.
  const ofLedger = () => standIn.log.records.filter(({ stream }) => !stream.startsWith('mingjian.reads-'));
  const { length } = ofLedger();
  await standIn.listen();
  // A writer may be the first to use the new log: it gets no acknowledgement, and nothing is recorded.
  for (const { ask } of [api, both]) expect(await codesOf(spend(ask, '7.77'))).toEqual(['UNAVAILABLE']);
  for (const node of [api, projector, both]) {
    await eventually('it says why it is not ready', async () => REBUILD.test((await node.problem()) ?? ''));
    expect(await node.isReady()).toBe(false);
  }
  for (const node of [api, both]) {
    for (const question of questions) {
      expect({ question, codes: await codesOf(node.ask(question)) }).toEqual({ question, codes: ['UNAVAILABLE'] });
    }
    expect(await codesOf(spend(node.ask, '7.77'))).toEqual(['UNAVAILABLE']);
    expect((await exported(node, '/changes.ndjson')).status).toBe(503);
    expect((await exported(node, `/changes.csv?after=${position}`)).status).toBe(503);
    const client = feedClient('WebSocket', { url: node.address, token: node.token });
    expect(await errorOf(client.ask())).toBe('UNAVAILABLE');
    client.dispose();
  }
  expect(await Promise.all(feeds)).toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
  expect(ofLedger()).toHaveLength(length);

  const result = await rebuild({
    ...ledgerParts(log),
    store,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    telemetry: NO_TELEMETRY,
  });
  expect(result.kind).toBe('serving');
  for (const node of [api, projector, both]) await eventually('it is ready again', () => node.isReady());
  const fresh = await startNodeHere({ ROLES: 'api', EVENTSTORE_URL: standIn.url, REDIS_URL: redis.url }, onEnd);
  const known = questions.filter((question) => !question.includes(position));
  const expected = await answersOf(fresh, known);
  expect(expected).not.toEqual(before);
  for (const node of [api, both]) expect(await answersOf(node, known)).toEqual(expected);

  // They continue with the new log.
  await write(both.ask, 'mutation { registerDepartment(input: { code: "D2", name: "教育局" }) { position } }');
  await write(api.ask, 'mutation { registerDepartment(input: { code: "D3", name: "财政局" }) { position } }');
  await expectAgreement(log, store);
});

test('a log that is unavailable for a while and comes back unchanged needs no rebuild', async () => {
  const { standIn, log, store, api, projector, both } = await startCluster();
  await approve(api.ask);
  const older = nowhere();
  await standIn.copyLogTo(older);
  await spendEach(api.ask, ['1.00']);
  await expectAgreement(log, store);
  const whole = nowhere();
  await standIn.copyLogTo(whole);

  await standIn.putBack(older);
  await standIn.listen();
  for (const node of [api, projector, both]) {
    await eventually('it says why it is not ready', async () => REBUILD.test((await node.problem()) ?? ''));
  }
  await standIn.putBack(whole);
  await standIn.listen();
  for (const node of [api, projector, both]) await eventually('it is ready again', () => node.isReady());
  await spendEach(api.ask, ['2.00']);
  await expectAgreement(log, store);
});

test("the loss of the log's end is noticed even if no read model had it", async () => {
  const { standIn, log, store } = await startCluster();
  const [api] = [
    await startNodeHere({ ROLES: 'api', EVENTSTORE_URL: standIn.url, REDIS_URL: `${redis.url}/1` }, onEnd),
  ];
  const projecting = await startNodeHere({ EVENTSTORE_URL: standIn.url, REDIS_URL: `${redis.url}/1` }, onEnd);
  await approve(api.ask);
  await expectAgreement(log, store);
  await projecting.stop();
  const older = nowhere();
  await standIn.copyLogTo(older);
  await spendEach(api.ask, ['1.00']);

  await standIn.putBack(older);
  await standIn.listen();
  await eventually('it says why it is not ready', async () => REBUILD.test((await api.problem()) ?? ''));
  expect(await codesOf(spend(api.ask, '2.00'))).toEqual(['UNAVAILABLE']);
});
