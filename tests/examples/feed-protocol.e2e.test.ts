import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, validate } from 'graphql';
import { features, schema } from '../../src/app/features';
import { startApi } from '../support/api';

/** The server accepts the requests that docs/protocol/feed.md shows. */

const TEXT = readFileSync(path.resolve(__dirname, '../../docs/protocol/feed.md'), 'utf8');

test('the subscription is valid for the schema', () => {
  const [, subscription] = /```graphql\n([\s\S]*?)```/.exec(TEXT)!;
  expect(validate(schema, parse(subscription!))).toEqual([]);
});

test('the documented event types are those of the ledger', () => {
  const [, types = ''] = /^The types of events are ([\s\S]*?)\.\n$/m.exec(TEXT)!;
  expect([...types.matchAll(/`(\w+)`/g)].map(([, type]) => type).sort()).toEqual(
    Object.keys(features.eventTypes).sort(),
  );
});

test('the server answers each documented export', async () => {
  const pulls = [...TEXT.matchAll(/^curl "\$MINGJIAN(?<address>[^"]+)"(?: -H 'accept: (?<accept>[^']+)')?$/gm)];
  expect(pulls.length).toBeGreaterThanOrEqual(4);
  const api = await startApi();
  try {
    await api.write('registerDepartment', { code: 'D1', name: '甲局' });
    for (const { groups } of pulls) {
      const { address, accept = '*/*' } = groups!;
      const authorization = `Bearer ${await api.token()}`;
      const { status } = await fetch(`${api.url}${address!}`, { headers: { authorization, accept } });
      expect({ address, status }).toEqual({ address, status: 200 });
    }
  } finally {
    await api.close();
  }
});
