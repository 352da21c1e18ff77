import { cleanUps } from '../support/clean-ups';
import { eventually } from '../support/eventually';
import { NodeClient, startNodeHere } from '../support/node-process';
import { startRedis } from '../support/redis/server';
import { temporaryFolder } from '../support/temporary-folder';

const onEnd = cleanUps();

async function startNode(environment: Readonly<Record<string, string>>): Promise<NodeClient> {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  return startNodeHere({ DATA_DIR: folder.path, ...environment }, onEnd);
}

/** Requests without a valid token count by address. */
const status = async ({ address }: NodeClient): Promise<number> => {
  const response = await fetch(`${address}/graphql?query={__typename}`);
  await response.text();
  return response.status;
};

test('two nodes on one Redis let through the points of an address, and the stated overshoot', async () => {
  const redis = await startRedis();
  onEnd(() => redis.stop());
  const limits = { REDIS_URL: redis.url, RATE_LIMIT: '5/3600', RATE_LIMIT_ADDRESS: '40' };
  const nodes = [await startNode(limits), await startNode(limits)];
  let letThrough = 0;
  const bothRefuse = async (): Promise<boolean> => {
    const statuses = await Promise.all(nodes.flatMap((node) => Array.from({ length: 5 }, () => status(node))));
    expect(new Set([401, 429, ...statuses]).size).toBe(2);
    letThrough += statuses.filter((of) => of === 401).length;
    return letThrough >= 40 && statuses.every((of) => of === 429);
  };
  await eventually('both nodes refuse', bothRefuse);
  await redis.kill();
  // What one of them learnt last may have left it a share.
  await eventually('both nodes refuse without Redis', bothRefuse);
  expect(letThrough).toBeLessThanOrEqual(40 + 40 / 2 + 2);
});

test('a node in memory reports its limits, and health is not limited', async () => {
  const node = await startNode({ RATE_LIMIT: '1/3600' });
  const { data } = await node.ask(
    '{ ledger { limits { ratePoints ratePointsPerAddress rateWindowSeconds rateOvershootPoints } } }',
    {},
  );
  expect(data).toEqual({
    ledger: {
      limits: { ratePoints: 1, ratePointsPerAddress: 10, rateWindowSeconds: 3_600, rateOvershootPoints: 0 },
    },
  });
  expect((await node.ask('{ ledger { demo } }', {})).status).toBe(429);
  for (let n = 0; n < 20; n++) expect((await fetch(`${node.address}/health/live`)).status).toBe(200);
});

test.each([['off'], ['']])('RATE_LIMIT=%s sets no limit', async (RATE_LIMIT) => {
  const node = await startNode({ RATE_LIMIT });
  expect(await node.ask('{ ledger { limits { ratePoints } } }', {})).toMatchObject({
    data: { ledger: { limits: { ratePoints: null } } },
  });
});
