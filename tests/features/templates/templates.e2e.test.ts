import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startApi, TestApi } from '../../support/api';

/** Scoring templates as a client sees them. */

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ now: '2024-01-15T02:00:00.000Z' });
  for (const code of ['D1', 'D2']) await api.write('registerDepartment', { code, name: `部门 ${code}` });
});
afterAll(() => api.close());

const LINE = 'code parent name points rule parameters reasonBelowFull';
const TEMPLATE = `code version name unofficial totalPoints department { code } lines { ${LINE} }`;

const manual = (code: string, points: string) => ({ code, name: code, points, rule: 'MANUAL' });
const publish = (code: string, lines: readonly object[], more: object = {}) =>
  api.write(
    'publishScoringTemplate',
    { code, department: 'D1', name: `模板 ${code}`, lines, ...more },
    `position changes { type entity department revision } scoringTemplate { id revision lastChange { type } ${TEMPLATE} }`,
  );

const EVERY_RULE = [
  { code: 'H', name: '标题', points: '80' },
  {
    code: 'execution',
    parent: 'H',
    name: '支出率',
    points: '10',
    rule: 'EXECUTION_RATE',
    parameters: { denominator: 'REVISED' },
    reasonBelowFull: true,
  },
  { code: 'own', parent: 'H', name: '完成率', points: '10', rule: 'RATIO' },
  {
    code: 'class',
    parent: 'H',
    name: '产出',
    points: '20',
    rule: 'RATIO',
    parameters: { level1: 'OUTPUT', level2: 'QUALITY' },
  },
  { code: 'range', parent: 'H', name: '区间', points: '20', rule: 'RANGE', parameters: { zeroAt: 12.5 } },
  {
    code: 'deduction',
    parent: 'H',
    name: '扣分',
    points: '20.00',
    rule: 'DEDUCTION',
    parameters: { standard: 100, k: '0.5', per: 'started' },
  },
  {
    code: 'checklist',
    name: '清单',
    points: '10',
    rule: 'CHECKLIST',
    parameters: {
      items: [
        { code: 'a', name: '甲', points: 5 },
        { code: 'b', name: '乙', points: '5' },
      ],
    },
  },
  {
    code: 'band',
    name: '分档',
    points: '10',
    rule: 'BAND',
    parameters: { bands: [{ code: 'met', name: '达成', from: 80, to: '100' }] },
  },
];

test('a publication answers with all lines, and numbers as texts', async () => {
  const { changes, scoringTemplate } = await publish('ALL', EVERY_RULE);
  expect(changes).toEqual([{ type: 'ScoringTemplatePublished', entity: 'ALL', department: 'D1', revision: 1 }]);
  expect(scoringTemplate).toMatchObject({
    code: 'ALL',
    version: 1,
    name: '模板 ALL',
    unofficial: true,
    totalPoints: '100.00',
    department: { code: 'D1' },
    revision: 1,
    lastChange: { type: 'ScoringTemplatePublished' },
  });
  const defaults = { parent: null, rule: null, parameters: {}, reasonBelowFull: false };
  const exact = [
    {},
    {},
    {},
    {},
    { parameters: { zeroAt: '12.5' } },
    { parameters: { standard: '100', k: '0.5', per: 'started' } },
    {
      parameters: {
        items: [
          { code: 'a', name: '甲', points: '5' },
          { code: 'b', name: '乙', points: '5' },
        ],
      },
    },
    { parameters: { bands: [{ code: 'met', name: '达成', from: '80', to: '100' }] } },
  ];
  expect(scoringTemplate.lines).toEqual(EVERY_RULE.map((line, index) => ({ ...defaults, ...line, ...exact[index] })));
});

describe('versions', () => {
  let first: string;

  beforeAll(async () => {
    first = (await publish('V', [manual('A', '100')])).position;
    await publish('V', [manual('A', '60'), manual('B', '40')], { name: '第二版', effectiveAt: '2025-01-01' });
  });

  const versionOf = async (args: string, at = '{}') =>
    (
      await api.data(
        `{ asOf(at: ${at}) { scoringTemplate(code: "V"${args}) { id version name revision lines { code } history { nodes { revision } } blame { path change { revision } } } } }`,
      )
    ).asOf.scoringTemplate;

  test('the newest is on record at the snapshot, whatever its effective date', async () => {
    expect(await versionOf('')).toMatchObject({ version: 2, name: '第二版' });
    expect(await versionOf('', '{ effectiveAt: "2024-01-31" }')).toMatchObject({ version: 2 });
    expect(await versionOf('', `{ position: "${first}" }`)).toMatchObject({ version: 1 });
  });

  test('an earlier one is what was published, in its own snapshot', async () => {
    const one = await versionOf(', version: 1');
    expect(one).toMatchObject({ version: 1, name: '模板 V', revision: 1, lines: [{ code: 'A' }] });
    expect(one.history.nodes).toEqual([{ revision: 1 }]);
    const { node } = await api.data('query($id: ID!) { node(id: $id) { ... on ScoringTemplate { id version } } }', {
      id: one.id,
    });
    expect(node).toEqual({ id: one.id, version: 1 });
  });

  test('there is no other', async () => {
    for (const version of [-1, 0, 3]) expect(await versionOf(`, version: ${version}`)).toBeNull();
    expect(await versionOf(', version: 2', `{ position: "${first}" }`)).toBeNull();
    expect((await api.data('{ scoringTemplate(code: "none") { code } }')).scoringTemplate).toBeNull();
  });

  test('a dry run shows the next one, and records nothing', async () => {
    const query = `mutation($input: PublishScoringTemplateInput!) {
      publishScoringTemplate(input: $input, dryRun: true) { dryRun scoringTemplate { version } }
    }`;
    const input = { code: 'V', department: 'D1', name: '第三版', lines: [manual('C', '100')] };
    expect((await api.data(query, { input })).publishScoringTemplate).toEqual({
      dryRun: true,
      scoringTemplate: { version: 3 },
    });
    expect(await versionOf('')).toMatchObject({ version: 2 });
  });

  test('history, blame, the fields of a change and a difference say what a version changed', async () => {
    const second = await versionOf('');
    expect(second.history.nodes).toEqual([{ revision: 1 }, { revision: 2 }]);
    const origins = Object.fromEntries(second.blame.map(({ path: at, change }: any) => [at, change.revision]));
    expect(origins).toMatchObject({ '/name': 2, '/version': 2, '/code': 1, '/unofficial': 1 });
    const { diff } = await api.data(
      `{ diff(from: { position: "${first}" }, to: {}, filter: { entities: ["V"] }) {
        nodes { entityType entity fields { path after } changes { type } } } }`,
    );
    expect(diff.nodes).toMatchObject([
      { entityType: 'SCORING_TEMPLATE', entity: 'V', changes: [{ type: 'ScoringTemplatePublished' }] },
    ]);
    expect(diff.nodes[0].fields).toContainEqual({ path: '/name', after: '第二版' });
  });
});

test('templates are listed, searched and read through their department', async () => {
  await publish('L', [manual('A', '100')], { department: 'D2', name: '市级模板' });
  const { scoringTemplates, page, searched } = await api.data(`{
    scoringTemplates { code }
    page: scoringTemplatesPage(department: "D2", first: 1) { totalCount nodes { code department { name } } }
    searched: scoringTemplatesPage(search: "市级") { nodes { code } }
  }`);
  expect(scoringTemplates.map(({ code }: any) => code)).toEqual(['ALL', 'L', 'V']);
  expect(page).toEqual({ totalCount: 1, nodes: [{ code: 'L', department: { name: '部门 D2' } }] });
  expect(searched.nodes).toEqual([{ code: 'L' }]);
});

test('everybody may read a template, but not its department', async () => {
  const read = '{ scoringTemplate(code: "ALL") { code department { code } } }';
  const ofAnother = await api.token({ roles: ['auditor'], readDepartments: ['D2'] });
  expect(await api.data('{ scoringTemplate(code: "ALL") { code } }', {}, ofAnother)).toEqual({
    scoringTemplate: { code: 'ALL' },
  });
  expect((await api.ask(read, {}, ofAnother)).errors).toMatchObject([
    { path: ['scoringTemplate', 'department'], extensions: { code: 'FORBIDDEN' } },
  ]);
  const ofItsOwn = await api.token({ roles: ['auditor'], readDepartments: ['D1'] });
  expect(await api.data(read, {}, ofItsOwn)).toEqual({ scoringTemplate: { code: 'ALL', department: { code: 'D1' } } });
});

test('the feed has publications', async () => {
  const { changes } = await api.data(
    `{ changes(filter: { entityTypes: [SCORING_TEMPLATE] }) { nodes { type entity department fiscalYear } } }`,
  );
  expect(changes.nodes[0]).toEqual({
    type: 'ScoringTemplatePublished',
    entity: 'ALL',
    department: 'D1',
    fiscalYear: null,
  });
});

test.each(['national-project', 'demo-gd-A'])('the shipped template %s can be published', async (name) => {
  const file = path.join(__dirname, '../../../templates', `${name}.json`);
  const shipped = JSON.parse(readFileSync(file, 'utf8'));
  const { scoringTemplate } = await api.write(
    'publishScoringTemplate',
    { ...shipped, department: 'D1' },
    `scoringTemplate { ${TEMPLATE} }`,
  );
  expect(scoringTemplate).toMatchObject({ code: name, unofficial: name === 'demo-gd-A', totalPoints: '100.00' });
  expect(scoringTemplate.lines).toHaveLength(shipped.lines.length);
});

test('only an admin publishes', async () => {
  const query = 'mutation($input: PublishScoringTemplateInput!) { publishScoringTemplate(input: $input) { position } }';
  const input = { code: 'P', department: 'D1', name: '模板', lines: [manual('A', '100')] };
  const { errors } = await api.ask(query, { input }, await api.token({ roles: ['editor', 'finance'] }));
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});
