import { startApi, TestApi } from '../../support/api';

/** Refused publications: each with its code and the paths of what is wrong, and nothing is recorded. */

let api: TestApi;
let head: string;
const currentHead = async (): Promise<string> => (await api.data('{ ledger { head } }')).ledger.head;

beforeAll(async () => {
  api = await startApi({ now: '2024-03-10T02:00:00.000Z' });
  await api.write('registerDepartment', { code: 'D1', name: '部门' });
  head = await currentHead();
});
afterAll(() => api.close());
afterEach(async () => {
  expect(await currentHead()).toBe(head);
});

const refused = (lines: unknown, more: object = {}) =>
  api.refusal('publishScoringTemplate', { code: 'T1', department: 'D1', name: '模板', lines, ...more });

const line = (more: object = {}) => ({ code: 'A', name: 'A', points: '100', rule: 'MANUAL', ...more });
const ruled = (rule: string, parameters?: unknown) => [line({ rule, parameters })];
const band = (more: object = {}) => ({ code: 'b', name: 'b', from: '80', to: '100', ...more });
const item = (more: object = {}) => ({ code: 'i', name: 'i', points: '100', ...more });
const chain = (length: number) =>
  Array.from({ length }, (_, index) => ({
    code: `H${index}`,
    name: 'H',
    points: '100',
    ...(index === 0 ? {} : { parent: `H${index - 1}` }),
    ...(index === length - 1 ? { rule: 'MANUAL' } : {}),
  }));

test.each<[string, unknown, string[]]>([
  ['no lines', [], ['/lines']],
  ['501 lines', Array.from({ length: 501 }, (_, index) => line({ code: `A${index}` })), ['/lines']],
  ['a code twice', [line({ points: '50' }), line({ points: '50' })], ['/lines/1/code']],
  ['no code', [line({ code: 'a.b' })], ['/lines/0/code']],
  ['a blank name', [line({ name: ' ' })], ['/lines/0/name']],
  ['points of 0', [line({ points: '0' })], ['/lines/0/points']],
  ['more than 100 points', [line({ points: '100.01' })], ['/lines/0/points']],
  ['points of 3 decimals', [line({ points: '99.999' })], ['/lines/0/points']],
  ['a parent that is no line', [line({ parent: 'B' })], ['/lines/0/parent']],
  ['a parent with a rule', [line(), line({ code: 'B', parent: 'A' })], ['/lines/1/parent']],
  ['a line above itself', [{ code: 'H', name: 'H', points: '1', parent: 'H' }], ['/lines/0/parent']],
  ['11 levels', chain(11), ['/lines/10/parent']],
  ['a heading with parameters', [{ ...line({ parameters: { a: 1 } }), rule: null }], ['/lines/0/parameters/a']],
  ['parameters that are no object', ruled('MANUAL', [1]), ['/lines/0/parameters']],
  ['a parameter too many', ruled('MANUAL', { zeroAt: '1' }), ['/lines/0/parameters/zeroAt']],
  ['no denominator', ruled('EXECUTION_RATE'), ['/lines/0/parameters/denominator']],
  ['another denominator', ruled('EXECUTION_RATE', { denominator: 'X' }), ['/lines/0/parameters/denominator']],
  ['level2 without level1', ruled('RATIO', { level2: 'COST' }), ['/lines/0/parameters/level1']],
  ['a class that is none', ruled('RATIO', { level1: 'QUALITY' }), ['/lines/0/parameters/level1']],
  ['zeroAt 0', ruled('RANGE', { zeroAt: 0 }), ['/lines/0/parameters/zeroAt']],
  ['zeroAt with an exponent', ruled('RANGE', { zeroAt: 1e21 }), ['/lines/0/parameters/zeroAt']],
  [
    'a deduction of nothing',
    ruled('DEDUCTION', { standard: 'x', k: '-1', per: 'half' }),
    ['/lines/0/parameters/standard', '/lines/0/parameters/k', '/lines/0/parameters/per'],
  ],
  ['no items', ruled('CHECKLIST', { items: [] }), ['/lines/0/parameters/items']],
  [
    'an item twice',
    ruled('CHECKLIST', { items: [item({ points: '50' }), item({ points: '50' })] }),
    ['/lines/0/parameters/items/1/code'],
  ],
  [
    '51 items',
    ruled('CHECKLIST', { items: Array.from({ length: 51 }, (_, index) => item({ code: `i${index}` })) }),
    ['/lines/0/parameters/items'],
  ],
  ['a band over 100', ruled('BAND', { bands: [band({ to: 101 })] }), ['/lines/0/parameters/bands/0/to']],
  ['a band upside down', ruled('BAND', { bands: [band({ from: 100, to: 80 })] }), ['/lines/0/parameters/bands/0/to']],
])('BAD_USER_INPUT: %s', async (_what, lines, paths) => {
  const { path, extensions } = await refused(lines);
  expect(path).toEqual(['publishScoringTemplate']);
  expect(extensions.code).toBe('BAD_USER_INPUT');
  expect(extensions.violations.map((violation: any) => violation.path)).toEqual(paths.map((at) => `/input${at}`));
});

test('TEMPLATE_TOTAL: points that do not add up', async () => {
  const { extensions } = await refused([line({ points: '99' })]);
  expect(extensions).toMatchObject({ code: 'RULE_VIOLATION', rule: 'TEMPLATE_TOTAL' });
});

test('NOT_FOUND: a department that is not registered', async () => {
  expect((await refused([line()], { department: 'D9' })).extensions).toMatchObject({ code: 'NOT_FOUND' });
});

test('parameters in a document are checked as those in a variable', async () => {
  const { errors } = await api.ask(`mutation { publishScoringTemplate(input: {
    code: "T1", department: "D1", name: "模板",
    lines: [{ code: "A", name: "A", points: "100", rule: RANGE, parameters: { zeroAt: "0" } }] }) { position } }`);
  expect(errors).toMatchObject([{ extensions: { violations: [{ path: '/input/lines/0/parameters/zeroAt' }] } }]);
});

test('parameters that are nested without end are refused', async () => {
  const query = 'mutation($input: PublishScoringTemplateInput!) { publishScoringTemplate(input: $input) { position } }';
  const input = { code: 'T1', department: 'D1', name: '模板', lines: ruled('RANGE', { zeroAt: 'DEEP' }) };
  const body = JSON.stringify({ query, variables: { input } });
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await api.token()}` },
    // JSON.stringify cannot write it.
    body: body.replace('"DEEP"', `${'['.repeat(100_000)}${']'.repeat(100_000)}`),
  });
  const { errors } = await response.json();
  expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
});
