import { NODE_TYPES } from './every-field';
import { nodeQuestion, Operation, questionAt, questionsOf, startWorld, World } from './world';

/** A client library with a normalising cache. */
export interface CachingClient {
  /** Asks the server; the answer goes into the cache. */
  fetch(operation: Operation): Promise<unknown>;
  mutate(operation: Operation): Promise<unknown>;
  /** The answer from the cache only. */
  cached(operation: Operation): unknown;
}

/** All operations of the suite, for a client that compiles them in advance. */
export const operationsOf = (world: World): readonly Operation[] => [
  ...NODE_TYPES.flatMap((type) => [...questionsOf(world, type), nodeQuestion(type, '')]),
  ...components(world),
  correct(world),
  dryCorrection(world),
];

/**
 * A client with a normalising cache can rely on this: after any queries in any order, the cache answers each query exactly as the
 * server did. If you add a type to the schema, this fails until world.ts says how a client reaches the type.
 */
export function describeCaching(makeClient: (world: World) => Promise<CachingClient>): void {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.api.close());

  const ask = async ({ document, variables }: Operation): Promise<unknown> =>
    untyped(await world.api.data(document, variables));

  async function expectInCache(client: CachingClient, operations: readonly Operation[], answers: readonly unknown[]) {
    for (const [index, operation] of operations.entries()) {
      expect(untyped(await client.cached(operation))).toEqual(answers[index]);
    }
  }

  describe.each(NODE_TYPES)('%s', (type) => {
    test.each([
      ['in one order', (operations: readonly Operation[]) => operations],
      ['in the other order', (operations: readonly Operation[]) => operations.toReversed()],
    ])('is read from the cache as the server answered, at every moment, read %s', async (_order, ordered) => {
      const operations = ordered(questionsOf(world, type).filter(isPinned));
      const answers = [];
      for (const operation of operations) answers.push(await ask(operation));
      const client = await makeClient(world);
      for (const operation of operations) await client.fetch(operation);
      await expectInCache(client, operations, answers);
      for (const id of idsIn(answers, type)) {
        const operation = nodeQuestion(type, id);
        expect(untyped(await client.fetch(operation))).toEqual(await ask(operation));
      }
      await expectInCache(client, operations, answers);
    });
  });

  test('two components that query different fields of one moment do not evict each other', async () => {
    const client = await makeClient(world);
    for (const operation of components(world)) await client.fetch(operation);
    await expectInCache(client, components(world), await Promise.all(components(world).map(ask)));
  });

  test('a payload is the present, and the same payload repeated is the past', async () => {
    const client = await makeClient(world);
    const { moments } = world;
    const now = questionAt('Budget', moments.present!);
    const operations = [questionAt('Budget', moments.past!), now];
    for (const operation of operations) await client.fetch(operation);
    await client.mutate(correct(world));
    await expectInCache(client, operations, await Promise.all(operations.map(ask)));
    const spend = { department: 'D1', fiscalYear: 2023, line: 'L1', amount: '1.00' };
    await world.api.write('recordExpenditure', spend);
    await client.fetch(now);
    const answer = await ask(now);
    await client.mutate(correct(world));
    await expectInCache(client, [now], [answer]);
  });

  test('a dry run leaves the present as it is on record', async () => {
    const client = await makeClient(world);
    const now = questionAt('Budget', world.moments.present!);
    await client.fetch(now);
    const answer = await ask(now);
    const { correctBudgetFact: shown } = (await client.mutate(dryCorrection(world))) as any;
    expect(shown.dryRun).toBe(true);
    expect(shown.budget.executed).not.toBe((answer as any).budget.executed);
    await expectInCache(client, [now], [answer]);
    expect(await ask(now)).toEqual(answer);
  });
}

const components = ({ moments }: World): readonly Operation[] => [
  {
    name: 'AmountsQuery',
    variables: { at: moments.past },
    document: `query AmountsQuery($at: AsOfInput!) {
      ledger { timeZone limits { maxDepth } }
      asOf(at: $at) { id position budget(department: "D1", fiscalYear: 2023) { id revised } }
    }`,
  },
  {
    name: 'HeadingQuery',
    variables: { at: moments.past },
    document: `query HeadingQuery($at: AsOfInput!) {
      ledger { demo limits { maxPageSize } }
      asOf(at: $at) { id knownAt budget(department: "D1", fiscalYear: 2023) { id closed department { id name } } }
    }`,
  },
];

/** Every field of a budget. */
function wholeBudget(): string {
  const { document } = questionAt('Budget', null);
  return document.slice(document.indexOf('... on Budget'), document.lastIndexOf('}', document.lastIndexOf('}') - 1));
}

/** A correction that is only shown, with its whole budget. */
const dryCorrection = ({ correction }: World): Operation => ({
  name: 'DryCorrectMutation',
  variables: { input: { ...correction, idempotencyKey: 'dry', amount: '77.00' } },
  document: `mutation DryCorrectMutation($input: CorrectBudgetFactInput!) {
    correctBudgetFact(input: $input, dryRun: true) { position dryRun budget { id ${wholeBudget()} } changes { id subject { id } } }
  }`,
});

/** A correction under an idempotency key, with its whole budget. Sent again, it gives the state that it left. */
function correct({ correction }: World): Operation {
  return {
    name: 'CorrectMutation',
    variables: { input: { ...correction, idempotencyKey: 'client', amount: '33.00' } },
    document: `mutation CorrectMutation($input: CorrectBudgetFactInput!) {
      correctBudgetFact(input: $input) { position budget { id ${wholeBudget()} } changes { id eventId subject { id } } }
    }`,
  };
}

/** A query about now through asOf is a different one each time. */
const isPinned = ({ variables }: Operation): boolean => JSON.stringify(variables) !== '{"at":{}}';

/** The answer without `__typename`, which some clients add. */
function untyped(answer: unknown): unknown {
  return JSON.parse(
    JSON.stringify(answer ?? null, (key, value: unknown) => (key === '__typename' ? undefined : value)),
  );
}

/** At most 12 ids of objects of a type that occur in the answers. */
function idsIn(answers: readonly unknown[], type: string): readonly string[] {
  const ids = new Set<string>();
  JSON.stringify(answers, (key, value: unknown) => {
    if (key === 'id' && typeof value === 'string' && typeOf(value) === type) ids.add(value);
    return value;
  });
  return [...ids].filter((_, index, all) => index % Math.ceil(all.length / 12) === 0);
}

const typeOf = (id: string): string => {
  const [, type = ''] = Buffer.from(id, 'base64url').toString().split(',');
  return `${type[0]}${type.slice(1).toLowerCase()}`;
};
