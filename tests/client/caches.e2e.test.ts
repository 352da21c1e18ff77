import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { Client, fetchExchange, mapExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { parse } from 'graphql';
import { apolloCacheOptions, fetchPolicyOf } from '../../client/src/cache/apollo';
import { askUnlessLasting, graphcacheOptions } from '../../client/src/cache/urql';
import { atPosition, isLasting, pin, pinned } from '../../client/src/index';
import { NODE_TYPES } from '../clients/every-field';
import { Operation, questionsOf, startWorld, World } from '../clients/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.api.close());

/** A client of the package's policies, and how often it asked the server. */
interface Caching {
  ask(operation: Operation): Promise<unknown>;
  readonly asked: () => number;
}

/** The global fetch, counted. */
function counted(): { readonly fetch: typeof fetch; readonly asked: () => number } {
  let asked = 0;
  return {
    fetch: (...request) => {
      asked++;
      return fetch(...request);
    },
    asked: () => asked,
  };
}

async function apollo(): Promise<Caching> {
  const { fetch: send, asked } = counted();
  const headers = { authorization: `Bearer ${await world.api.token()}` };
  const client = new ApolloClient({
    cache: new InMemoryCache(apolloCacheOptions),
    link: new HttpLink({ uri: `${world.api.url}/graphql`, headers, fetch: send }),
  });
  return {
    ask: async ({ document, variables }) => {
      const query = gql(document);
      return (await client.query({ query, variables, fetchPolicy: fetchPolicyOf(query, variables) })).data;
    },
    asked,
  };
}

async function urql(): Promise<Caching> {
  const { fetch: send, asked } = counted();
  const headers = { authorization: `Bearer ${await world.api.token()}` };
  const client = new Client({
    url: `${world.api.url}/graphql`,
    exchanges: [mapExchange({ onOperation: askUnlessLasting }), cacheExchange(graphcacheOptions), fetchExchange],
    fetchOptions: { headers },
    preferGetMethod: false,
    fetch: send,
  });
  return {
    ask: async ({ document, variables }) => {
      const { data, error } = await client.query(document, variables).toPromise();
      if (error !== undefined) throw error;
      return data as unknown;
    },
    asked,
  };
}

const answer = async ({ document, variables }: Operation): Promise<unknown> =>
  untyped(await world.api.data(document, variables));

/** The answer without `__typename`, which the clients add. */
const untyped = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value ?? null, (key, part: unknown) => (key === '__typename' ? undefined : part)));

const REVISED: Omit<Operation, 'variables'> = {
  name: 'RevisedQuery',
  document: `query RevisedQuery($at: AsOfInput!) {
    asOf(at: $at) { id budget(department: "D1", fiscalYear: 2023) { id revised } }
  }`,
};

const supplement = (amount: string): Promise<unknown> =>
  world.api.write('supplementBudget', { department: 'D1', fiscalYear: 2023, line: 'L1', amount });

describe.each([
  ['Apollo Client', apollo],
  ['urql', urql],
])('%s', (_name, start) => {
  const warnings = [jest.spyOn(console, 'warn'), jest.spyOn(console, 'error')];
  afterAll(() => {
    expect(warnings.flatMap(({ mock }) => mock.calls)).toEqual([]);
  });

  test('keeps every snapshot and the present apart, whatever was read before', async () => {
    const client = await start();
    for (const type of NODE_TYPES) {
      for (const operation of questionsOf(world, type)) {
        expect({ type, ...operation, got: untyped(await client.ask(operation)) }).toEqual({
          type,
          ...operation,
          got: await answer(operation),
        });
      }
    }
  });

  test('asks again about now and about a time, and never again about a position', async () => {
    const client = await start();
    const position = (await world.api.data('{ ledger { head } }')).ledger.head as string;
    const questions = [atPosition(position), {}, { knownAt: '2023-12-01' }].map((at): Operation => ({
      ...REVISED,
      variables: { at },
    }));
    const answers = [];
    for (const question of questions) answers.push(untyped(await client.ask(question)));
    expect(client.asked()).toBe(3);
    await supplement('1.00');
    for (const question of questions) await client.ask(question);
    expect(client.asked()).toBe(5);
    expect(untyped(await client.ask(questions[0]!))).toEqual(answers[0]);
    expect(untyped(await client.ask(questions[1]!))).toEqual(await answer(questions[1]!));
  });
});

test('what is said to last is answered the same after later changes, also after the day has changed', async () => {
  const lasting = NODE_TYPES.flatMap((type) => questionsOf(world, type)).filter(({ document, variables }) =>
    isLasting(parse(document), variables),
  );
  expect(lasting.length).toBeGreaterThan(15);
  const before = [];
  for (const operation of lasting) before.push(await answer(operation));
  world.api.clock.set('2024-03-01T00:00:00.000Z');
  await supplement('7.00');
  await world.api.write('renameDepartment', { code: 'D1', name: '数据局' });
  for (const [index, operation] of lasting.entries()) expect(await answer(operation)).toEqual(before[index]);
});

test('a moment is pinned by its position: its answer lasts, and is that of the moment', async () => {
  const { api } = world;
  const server = { url: `${api.url}/`, token: () => api.token() };
  const at = { knownAt: '2023-08-01', effectiveAt: '2023-11-01' };
  const fixed = await pin(server, at);
  expect(fixed).toEqual({ position: expect.stringMatching(/^\d+$/), effectiveAt: '2023-11-01T15:59:59.999Z' });
  const figures = (asked: object) =>
    api.data(
      `query($at: AsOfInput!) { asOf(at: $at) { budget(department: "D1", fiscalYear: 2023) { revised executed } } }`,
      {
        at: asked,
      },
    );
  expect(await figures(fixed)).toEqual(await figures(at));
  expect(isLasting(parse(REVISED.document), { at: fixed })).toBe(true);
  const head = await pin(server);
  expect(head).toEqual(pinned({ position: (await api.data('{ ledger { head } }')).ledger.head }));
});

test('a refusal of the ledger has its code, and a server that is not there is unreachable', async () => {
  const { api } = world;
  const token = await api.token();
  await expect(pin({ url: api.url, token }, { position: '99999' })).rejects.toMatchObject({ code: 'AS_OF_IN_FUTURE' });
  await expect(pin({ url: api.url, token: 'none' })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(pin({ url: `${api.url}/elsewhere`, token })).rejects.toMatchObject({ name: 'MingjianError' });
  const nowhere = pin({ url: 'http://127.0.0.1:1', token });
  await expect(nowhere).rejects.toMatchObject({ code: 'UNREACHABLE', isRetryable: true });
});
