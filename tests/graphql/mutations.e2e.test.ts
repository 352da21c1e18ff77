import { MemoryTemporalStore } from '../../src/read-model/adapters/memory';
import { startApi, TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { feedClient } from '../support/feed-client';

/** Several mutations in one request run in order, even if earlier ones are refused. */

const onEnd = cleanUps();

interface Answered {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly path?: readonly unknown[]; readonly extensions: { readonly code: string } }[];
}

const TRANSPORTS: Readonly<Record<string, (api: TestApi, query: string) => Promise<Answered>>> = {
  HTTP: (api, query) => api.ask(query),
  WebSocket: async (api, query) => {
    const client = feedClient('WebSocket', { url: api.url, token: await api.token() });
    try {
      for await (const answer of client.ask({ query })) return answer;
      throw new Error('nothing was answered');
    } finally {
      client.dispose();
    }
  },
};

/** How the mutation at each index is refused, if it is. */
const REFUSED = [
  { code: 'NOT_FOUND', input: 'code: "D9", name: "x"' },
  { code: 'BAD_USER_INPUT', input: 'code: "a.b", name: "x"' },
  { code: 'CONFLICT', input: 'code: "D1", name: "x", expectedRevision: 0' },
  { code: 'NOT_FOUND', input: 'code: "D8", name: "x"' },
];
const SUBSETS = Array.from({ length: 2 ** REFUSED.length }, (_, subset) =>
  REFUSED.map((_refusal, place) => ((subset >> place) & 1) === 1),
);

test.each(Object.keys(TRANSPORTS))('any of the mutations of a request can be refused, over %s', async (transport) => {
  const api = await startApi({ now: '2023-06-30T04:00:00.000Z' });
  onEnd(() => api.close());
  await api.write('registerDepartment', { code: 'D1', name: '市政数局' });
  let revision = 1;
  for (const [at, refused] of SUBSETS.entries()) {
    const head = BigInt((await api.data('{ ledger { head } }')).ledger.head);
    // Each expects the revision after the mutations before it.
    const made = refused.map((isRefused, place) =>
      isRefused ? null : { name: `${at}-${place}`, expectedRevision: revision++ },
    );
    const fields = made.map((one, place) => {
      const input = one
        ? `code: "D1", name: "${one.name}", expectedRevision: ${one.expectedRevision}`
        : REFUSED[place]!.input;
      return `m${place}: renameDepartment(input: { ${input} }) { department { name } position }`;
    });
    const { data, errors = [] } = await TRANSPORTS[transport]!(api, `mutation { ${fields.join(' ')} }`);
    let position = head;
    expect(data).toEqual(
      Object.fromEntries(
        made.map((one, place) => [
          `m${place}`,
          one && { department: { name: one.name }, position: String(++position) },
        ]),
      ),
    );
    expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual(
      REFUSED.flatMap(({ code }, place) => (refused[place] ? [[[`m${place}`], code]] : [])),
    );
    // Refused mutations have recorded nothing.
    expect(await api.data('{ ledger { head } }')).toEqual({ ledger: { head: String(position) } });
  }
});

/** Read models that cannot be read while `broken`, for an unexpected reason. */
class BrokenReadModels extends MemoryTemporalStore {
  broken = false;

  override walk(...args: Parameters<MemoryTemporalStore['walk']>): ReturnType<MemoryTemporalStore['walk']> {
    if (this.broken) throw new TypeError('of a kind that is not expected');
    return super.walk(...args);
  }
}

test('if a write cannot be read back, the error has a longer path than the mutation, and the next mutation runs', async () => {
  const readModels = new BrokenReadModels();
  const api = await startApi({ readModels: () => readModels });
  onEnd(() => api.close());
  await api.write('registerDepartment', { code: 'D1', name: '市政数局' });
  readModels.broken = true;
  const rename = (name: string, fields: string) =>
    `renameDepartment(input: { code: "D1", name: "${name}" }) { position ${fields} }`;
  const { data, errors } = await api.ask(
    `mutation { a: ${rename('a', 'changes { id }')} b: ${rename('b', 'department { name }')} c: ${rename('c', 'projected')} }`,
  );
  const position = expect.any(String);
  expect(data).toEqual({ a: null, b: { position, department: null }, c: { position, projected: false } });
  expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
    [['a', 'changes'], 'INTERNAL_SERVER_ERROR'],
    [['b', 'department'], 'INTERNAL_SERVER_ERROR'],
  ]);
  readModels.broken = false;
  expect(await api.data('{ department(code: "D1") { name history { nodes { revision } } } }')).toMatchObject({
    department: { name: 'c', history: { nodes: [{ revision: 1 }, { revision: 2 }, { revision: 3 }, { revision: 4 }] } },
  });
});
