import fc from 'fast-check';
import { Operations } from '../../src/graphql/transports/operations';
import { Signal } from '../../src/kernel/telemetry';
import { startApi, TestApi } from '../support/api';
import { collect } from '../support/events';
import { historyArbitrary } from '../support/histories/history';
import { PROPERTY_TIMEOUT_MS, runs } from '../support/property';
import { fill } from '../support/whole-ledger';
import { comparable } from './same-errors';
import { randomDocument, RandomDocument } from './random-document';
import { Choose, Material, materialOf } from './random-values';

jest.setTimeout(PROPERTY_TIMEOUT_MS);

/**
 * Apollo Server answers the first request for a document, and graphql-js executes it. Later ones are answered without Apollo Server, and after
 * the third one by a compiled function. What stays the same is not executed any more after the second one. Each answer has the status, the headers
 * and the bytes of the first one, and is reported as it was.
 */

const [history] = fc.sample(historyArbitrary(40), { numRuns: 1, seed: 7 });
const ASKED = 4;

let api: TestApi;
let material: Material;
let tokens: readonly string[];
const ended: Extract<Signal, { readonly kind: 'operation-ended' }>[] = [];
let known = 0;

beforeAll(async () => {
  api = await startApi({
    now: '2023-02-01T02:00:00.000Z',
    telemetry: {
      report: (signal) => {
        if (signal.kind === 'operation-ended') ended.push(signal);
        if (signal.kind === 'cache-asked' && signal.cache === 'answers' && signal.found) known++;
      },
    },
  });
  await fill(api, history!);
  material = await materialOf({ events: () => collect(api.eventStore.readAll(0n)), data: api.data });
  tokens = await Promise.all([api.token(), api.token({ roles: ['analyst'] }), api.token({ roles: ['gardener'] })]);
});
afterAll(() => api.close());

interface Asked {
  readonly method: 'GET' | 'POST';
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a client may get wrong, or write in another way. */
const SPOILT: readonly ((valid: RandomDocument) => unknown)[] = [
  (valid) => valid,
  (valid) => ({ ...valid, operationName: null, extensions: null }),
  (valid) => ({ ...valid, operationName: 'None' }),
  (valid) => ({ ...valid, operationName: '' }),
  (valid) => ({ ...valid, operationName: 1 }),
  (valid) => ({ ...valid, variables: null }),
  (valid) => ({ ...valid, variables: 'text' }),
  (valid) => ({ ...valid, variables: [] }),
  ({ query, variables }) => ({
    query,
    variables: Object.fromEntries(Object.keys(variables).map((name) => [name, {}])),
  }),
  ({ query, variables }) => ({ query, variables: { ...variables, unknown: 1 } }),
  (valid) => ({ ...valid, extensions: { any: { thing: 1 } } }),
  (valid) => ({ ...valid, extensions: 'text' }),
  (valid) => ({ ...valid, extensions: { persistedQuery: { version: 1, sha256Hash: '0' } } }),
  ({ variables }) => ({ variables, extensions: { persistedQuery: { version: 1, sha256Hash: '0' } } }),
  ({ variables }) => ({ variables, documentId: 'sha256:0' }),
  ({ query }) => ({ query: query.slice(0, query.length / 2) }),
  ({ query }) => ({ query: `${query} query Other { __typename }` }),
  ({ query }) => ({ query: `${query} query Other { __typename }`, operationName: 'Other' }),
  ({ query }) => ({ query: query.replace(/[a-z]+/, 'nothing') }),
  () => ({ query: 'fragment F on Query { __typename }' }),
  () => ({ query: 'subscription { changes(after: "0") { __typename } }' }),
  () => ({ query: 'mutation { registerDepartment(input: { code: "D1", name: "" }) { position } }' }),
  () => ({ query: '' }),
  () => ({ query: 1 }),
  () => ({}),
  (valid) => [valid, valid],
];

const ACCEPTED = [
  undefined,
  '*/*',
  'application/json',
  'application/graphql-response+json',
  'application/graphql-response+json, application/json;q=0.9',
  'application/json; charset=utf-8, text/html;q=0.8',
  'text/html',
];

function requestFor(valid: RandomDocument, choose: Choose): Asked {
  const accept = ACCEPTED[choose(ACCEPTED.length)];
  const headers = {
    authorization: `Bearer ${tokens[choose(tokens.length + 2)] ?? tokens[0]!}`,
    'accept-encoding': 'identity',
    ...(accept === undefined ? {} : { accept }),
  };
  const body = choose(3) === 0 ? SPOILT[choose(SPOILT.length)]!(valid) : valid;
  return { method: choose(3) === 0 ? 'GET' : 'POST', body, headers };
}

type Answered = Awaited<ReturnType<typeof answerTo>>;

async function answerTo({ method, body, headers }: Asked) {
  const isGet = method === 'GET';
  const url = new URL(`${api.url}/graphql`);
  if (isGet)
    for (const [name, value] of Object.entries(body as object))
      url.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  const from = ended.length;
  const response = await fetch(url, {
    method,
    headers: isGet ? headers : { ...headers, 'content-type': 'application/json' },
    body: isGet ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: [...response.headers].filter(([name]) => !DIFFERENT.includes(name)),
    text: text.replace(COST, ''),
    reported: ended
      .slice(from)
      .map(({ codes, ...signal }) => ({ ...signal, codes: [...codes].sort(), ms: 0, requestId: '', cost: undefined })),
  };
}

/** Expects the exact text, unless there are errors. */
function expectSame(asked: Asked, answer: Answered, first: Answered): void {
  const hasErrors = 'errors' in (JSON.parse(first.text) as object);
  const texts = hasErrors
    ? comparable(JSON.parse(answer.text) as object, JSON.parse(first.text) as object)
    : { answer: answer.text, reference: first.text };
  expect({ asked, ...answer, text: texts.answer }).toEqual({ asked, ...first, text: texts.reference });
}

/** What differs from one request to the next. The cost does, too: after an error, graphql-js executes what was compiled once more. */
const DIFFERENT = ['date', 'content-length'];
const COST = /"cost":\{[^}]*\}/;

test('what is answered without Apollo Server is answered as Apollo Server does', async () => {
  const direct = jest.spyOn(Operations.prototype, 'run');
  let executed = 0;
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (gen) => {
      const choose: Choose = (count) => gen(fc.nat, { max: count - 1 });
      const kind = choose(3) === 0 ? 'as of' : 'query';
      const asked = requestFor(randomDocument(kind, choose, material), choose);
      const first = await answerTo(asked);
      for (let time = 1; time < ASKED; time++) expectSame(asked, await answerTo(asked), first);
      if (first.status === 200) executed++;
    }),
    { ...runs(150), endOnFailure: true },
  );
  expect(executed).toBeGreaterThan(0);
  expect(known).toBeGreaterThan(0);
  expect(direct.mock.calls.length).toBeGreaterThanOrEqual(executed * (ASKED - 2));
});

test('a command that is sent again under its key is recorded once, whoever answers', async () => {
  const write = () =>
    answerTo({
      method: 'POST',
      body: {
        query: `mutation { registerDepartment(input: { code: "D9", name: "财政局", idempotencyKey: "k9" }) {
          position changes { eventId position } department { code name } } }`,
      },
      headers: { authorization: `Bearer ${tokens[0]!}` },
    });
  const first = await write();
  const head = await api.eventStore.head();
  for (let time = 1; time < ASKED; time++) expect(await write()).toEqual(first);
  expect(await api.eventStore.head()).toBe(head);
});
