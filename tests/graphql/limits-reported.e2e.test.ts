import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { GraphQLObjectType } from 'graphql';
import { schema } from '../../src/app/features';
import { DEFAULT_LIMITS, LIMIT_NAMES, LimitName } from '../../src/kernel/limits';
import { startApi, TestApi } from '../support/api';

/** A client can look up each limit that can refuse its requests. */

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ limits: { maxPageSize: 20 }, readerLimits: { perNode: 7, perPrincipal: 0 } });
});
afterAll(() => api.close());

test('the API reports the value of each limit', async () => {
  const fields = (schema.getType('Limits') as GraphQLObjectType).getFields();
  expect(Object.keys(fields).sort()).toEqual([...LIMIT_NAMES].sort());
  const { ledger } = await api.data(`{ ledger { limits { ${LIMIT_NAMES.join(' ')} } } }`);
  const changed = { maxPageSize: 20, maxFeedReaders: 7, maxFeedReadersPerPrincipal: 0 };
  const off = { ratePoints: null, ratePointsPerAddress: null, rateWindowSeconds: null, rateOvershootPoints: null };
  expect(ledger.limits).toEqual({ ...DEFAULT_LIMITS, ...changed, ...off });
});

/** Each attack exceeds one limit. */
const ATTACKS: Readonly<Partial<Record<LimitName, readonly [query: string, variables?: object]>>> = {
  maxPageSize: ['{ departments(first: 21) { pageInfo { endCursor } } }'],
  maxDepth: [
    `{ department(code: "D") ${'{ tasks(first: 1) { nodes { department '.repeat(5)} { code } ${'} } }'.repeat(5)} }`,
  ],
  maxComplexity: [
    '{ departments(first: 20) { nodes { tasks(first: 20) { nodes { indicators { history(first: 20) { nodes { id } } } } } } } }',
  ],
  maxTokens: [`{ ${'a '.repeat(3_000)} }`],
  maxDocumentLength: [`{ ledger { demo } } #${'a'.repeat(100_000)}`],
  maxFieldComparisons: [`{ ${'a: __typename '.repeat(800)} }`],
  maxInputValues: [
    `query($x: [ID!]) { ${Array.from({ length: 100 }, (_, n) => `a${n}: changes(filter: { departments: $x }) { position }`).join(' ')} }`,
    { x: Array<string>(1_000).fill('D') },
  ],
};

test.each(Object.keys(ATTACKS) as (keyof typeof ATTACKS)[])(
  'a request that exceeds %s is refused with that name',
  async (limit) => {
    const { errors } = await api.ask(...ATTACKS[limit]!);
    expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'LIMIT_EXCEEDED', limit }]);
  },
);

test('a request with too many bytes is refused with the name of the limit', async () => {
  const { status, errors } = await api.ask(`#${'a'.repeat(DEFAULT_LIMITS.maxRequestBytes)}`);
  expect({ status, extensions: errors?.[0]?.extensions }).toEqual({
    status: 413,
    extensions: { code: 'LIMIT_EXCEEDED', limit: 'maxRequestBytes' },
  });
});

test('one reader too many is refused with the name of the limit', async () => {
  const headers = { authorization: `Bearer ${await api.token()}` };
  const response = await fetch(`${api.url}/changes.ndjson`, { headers });
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { limit: 'maxFeedReadersPerPrincipal' } }] });
});

test('no error is LIMIT_EXCEEDED without the name of a limit', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const nameless = files.filter((file) =>
    /code: 'LIMIT_EXCEEDED'(?!, limit)/.test(readFileSync(path.join('src', file), 'utf8')),
  );
  expect(files.length).toBeGreaterThan(200);
  expect(nameless).toEqual([]);
});
