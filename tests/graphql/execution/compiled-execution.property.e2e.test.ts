import fc from 'fast-check';
import { createSourceEventStream, parse } from 'graphql';
import { schema } from '../../../src/app/features';
import { FeedItem } from '../../../src/change-feed/feed';
import { ClosableIterator } from '../../../src/kernel/async';
import { clockOfHistory, historyArbitrary, play } from '../../support/histories/history';
import { LocalLedger, withLedger } from '../../support/local-ledger';
import { PROPERTY_TIMEOUT_MS, runs } from '../../support/property';
import { documentOf, expectSameCompiled } from './compiled';
import { randomDocument } from '../random-document';
import { Choose, materialOf } from '../random-values';

jest.setTimeout(PROPERTY_TIMEOUT_MS);
afterEach(() => jest.restoreAllMocks());

/** Random documents about a random history: every compiled answer equals that of graphql-js, to the letter. */

const [history] = fc.sample(historyArbitrary(80), { numRuns: 1, seed: 4 });
const clock = clockOfHistory();
const ITEMS = 30;

test('compiled operations, and compiled items of subscriptions, give the answers of graphql-js', async () => {
  const answered = { query: 0, subscription: 0 };
  await withLedger(clock, async (ledger) => {
    await play(history!, ledger, clock);
    ledger.sent.length = 0;
    const [material, items] = [await materialOf(ledger), await itemsOf(ledger)];
    // Of several items that fail, the first one is reported. Work that pauses when its time is used up could change which one that is.
    jest.spyOn(performance, 'now').mockReturnValue(performance.now());
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (gen) => {
        const choose: Choose = (count) => gen(fc.nat, { max: count - 1 });
        const operation = choose(3) === 0 ? 'subscription' : 'query';
        const { query, variables } = randomDocument(operation, choose, material);
        const rootValue = operation === 'query' ? undefined : items[choose(items.length)];
        answered[operation] += await expectSameCompiled(ledger, { document: documentOf(query), variables, rootValue });
      }),
      runs(300),
    );
  });
  expect(answered.query).toBeGreaterThan(0);
  expect(answered.subscription).toBeGreaterThan(0);
});

async function itemsOf(ledger: LocalLedger): Promise<readonly FeedItem[]> {
  const document = parse('subscription { changes(after: "0") { __typename } }');
  const source = (await createSourceEventStream({
    schema,
    ...ledger.request(document, {}),
  })) as ClosableIterator<FeedItem>;
  const items: FeedItem[] = [];
  for await (const item of source) {
    items.push(item);
    if (item.kind === 'CAUGHT_UP') break;
  }
  return items.slice(-ITEMS);
}
