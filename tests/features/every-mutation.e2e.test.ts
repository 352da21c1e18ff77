import { schema } from '../../src/app/features';
import { ON_PROPOSALS } from '../../src/auth/rights';
import { startApi, TestApi } from '../support/api';
import { BEGINNINGS, INPUTS, KEY } from '../support/every-mutation';

/** Every mutation, and its dry run, refuses these in the same way and order: input, permission, idempotency key, revision. */

let api: TestApi;

const MUTATIONS = Object.keys(INPUTS);

let head: string;
const currentHead = async (): Promise<string> => (await api.data('{ ledger { head } }')).ledger.head;

beforeAll(async () => {
  api = await startApi({ now: '2023-06-30T02:00:00.000Z' });
  for (const mutation of BEGINNINGS) await api.write(mutation, { ...INPUTS[mutation], ...KEY });
  head = await currentHead();
});
afterAll(() => api.close());
afterEach(async () => {
  const before = head;
  head = await currentHead();
  expect(head).toBe(before);
});

/** They record nothing in the ledger: tests/webhooks. */
const ON_WEBHOOKS = [
  'changeWebhookSecret',
  'endWebhook',
  'pauseWebhook',
  'replayWebhook',
  'resumeWebhook',
  'subscribeWebhook',
];

// Decisions on proposals have an input of their own: tests/features/proposals.
test('these are all mutations of the schema', () => {
  expect([...MUTATIONS, ...ON_PROPOSALS, ...ON_WEBHOOKS].sort()).toEqual(
    Object.keys(schema.getMutationType()!.getFields()).sort(),
  );
});

async function refusal(mutation: string, input: object, token?: string) {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation($input: ${type}!) {
    recorded: ${mutation}(input: $input) { position } dry: ${mutation}(input: $input, dryRun: true) { position }
  }`;
  const { errors } = await api.ask(query, { input: { ...INPUTS[mutation], ...input } }, token);
  expect(errors).toMatchObject([{ path: ['recorded'] }, { path: ['dry'] }]);
  const [recorded, dry] = errors!;
  expect(dry!.extensions).toEqual(recorded!.extensions);
  return recorded!.extensions;
}

/** Wrong values for the parts that all inputs have, and their paths. */
const EVIDENCE = [
  { uri: ' ' },
  { uri: 'x'.repeat(2_001) },
  { uri: 'x', sha256: 'ab'.repeat(31) },
  { uri: 'x', sha256: 'g'.repeat(64) },
  { uri: 'x', title: '' },
  { uri: 'x', title: 'x'.repeat(501) },
];
const WRONG: readonly (readonly [object, readonly string[]])[] = [
  [{ idempotencyKey: ' ' }, ['/input/idempotencyKey']],
  [{ idempotencyKey: 'x'.repeat(201) }, ['/input/idempotencyKey']],
  [{ expectedRevision: -1 }, ['/input/expectedRevision']],
  [{ effectiveAt: '2023-02-29' }, ['/input/effectiveAt']],
  [{ effectiveAt: '2023-01-01T00:00:00' }, ['/input/effectiveAt']],
  [{ reason: 'x'.repeat(20_001) }, ['/input/reason']],
  [{ documentNo: 'x'.repeat(201) }, ['/input/documentNo']],
  [{ evidence: Array(51).fill({ uri: 'x' }) }, ['/input/evidence']],
  [
    { evidence: EVIDENCE },
    [
      '/input/evidence/0/uri',
      '/input/evidence/1/uri',
      '/input/evidence/2/sha256',
      '/input/evidence/3/sha256',
      '/input/evidence/4/title',
      '/input/evidence/5/title',
    ],
  ],
  [
    { idempotencyKey: ' ', expectedRevision: -1, effectiveAt: 'x', documentNo: 'x'.repeat(201) },
    ['/input/documentNo', '/input/effectiveAt', '/input/expectedRevision', '/input/idempotencyKey'],
  ],
];

/** The parts that each item of a mutation of several facts has for itself. */
const OF_ITEM = new Set(['effectiveAt', 'documentNo', 'evidence']);

/** The same wrong values where a mutation of several facts takes them. */
function asItems([input, paths]: (typeof WRONG)[number], [item]: readonly object[]): (typeof WRONG)[number] {
  const parts = Object.entries(input);
  const ofItem = parts.filter(([name]) => OF_ITEM.has(name));
  const ofCommand = parts.filter(([name]) => !OF_ITEM.has(name));
  const moved = paths.map((path) =>
    OF_ITEM.has(path.split('/')[2]!) ? path.replace('/input', '/input/items/0') : path,
  );
  return [{ ...Object.fromEntries(ofCommand), items: [{ ...item, ...Object.fromEntries(ofItem) }] }, moved.sort()];
}

const wrongFor = (mutation: string): typeof WRONG => {
  const { items } = INPUTS[mutation] as { readonly items?: readonly object[] };
  return items === undefined ? WRONG : WRONG.map((wrong) => asItems(wrong, items));
};

describe.each(MUTATIONS)('%s refuses', (mutation) => {
  test('a wrong input, also from a caller that may not write: BAD_USER_INPUT', async () => {
    const auditor = await api.token({ roles: ['auditor'] });
    for (const [input, paths] of wrongFor(mutation)) {
      const { code, violations } = await refusal(mutation, input, auditor);
      expect(code).toBe('BAD_USER_INPUT');
      expect(violations.map(({ path }: { path: string }) => path).sort()).toEqual(paths);
    }
  });

  test('a caller that may not write there, whatever the key and the revision: FORBIDDEN', async () => {
    const denied = [
      { roles: ['auditor'] },
      { roles: ['analyst'] },
      { roles: ['editor', 'auditor'] },
      { roles: ['admin', 'analyst'] },
      { roles: [] },
      { departments: ['D2'], readDepartments: '*' },
      { departments: [], readDepartments: '*' },
      { roles: ['admin'], departments: ['D2'], readDepartments: '*' },
    ];
    for (const claims of denied) {
      const input = { ...KEY, expectedRevision: 9 };
      expect(await refusal(mutation, input, await api.token(claims))).toEqual({ code: 'FORBIDDEN' });
    }
  });

  test('a key that meant something else, whatever the revision: CONFLICT', async () => {
    const used = { ...KEY, expectedRevision: 9, reason: '另有原因' };
    expect(await refusal(mutation, used)).toEqual({ code: 'CONFLICT' });
  });

  test('another revision, whatever the rules say: CONFLICT', async () => {
    for (const expectedRevision of [0, 2]) {
      expect(await refusal(mutation, { expectedRevision })).toEqual({
        code: 'CONFLICT',
        expectedRevision,
        currentRevision: 1,
      });
    }
  });
});
