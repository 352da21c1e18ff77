import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { readConfig } from '../../src/app/config';
import { UsageError } from '../../src/cli/command';
import { exportCommand } from '../../src/cli/export';
import { startApi, TestApi } from '../support/api';
import { csvRecords } from '../support/csv';
import { eventually } from '../support/eventually';
import { printed } from '../support/printed';
import { TemporaryFolder, temporaryFolder } from '../support/temporary-folder';

let api: TestApi;
let token: string;
let temporary: TemporaryFolder;

/** Every text that may name a person has it. */
const PERSON = 'name-of-a-person';
const WHY = { reason: PERSON, evidence: [{ uri: `https://files.example/${PERSON}`, title: PERSON }] };
const YEAR = { department: 'D1', fiscalYear: 2023 };

beforeAll(async () => {
  temporary = temporaryFolder();
  api = await startApi({ now: '2023-06-28T02:00:00.000Z' });
  token = await api.token({ sub: 'u-auditor', roles: ['auditor'] });
  await api.write('registerDepartment', { code: 'D1', name: '=甲局', ...WHY });
  await api.write('registerDepartment', { code: 'D2', name: '乙局' });
  const line = { name: '一,"二"', fundSource: 'GENERAL_PUBLIC_BUDGET', amount: '9007199254740993.11' };
  const lines = [
    { ...line, code: 'L1', functionCode: '2070101' },
    { ...line, code: 'L2', name: '运转', amount: '0.10' },
  ];
  await api.write('approveBudget', { ...YEAR, effectiveAt: '2023-01-10', lines, goals: [PERSON], ...WHY });
  await api.write('approveBudget', { department: 'D2', fiscalYear: 2024, effectiveAt: '2024-01-01', lines, ...WHY });
  await api.write('recordExpenditure', {
    ...YEAR,
    line: 'L2',
    amount: '0.04',
    effectiveAt: '2023-06-01',
    payee: PERSON,
    memo: PERSON,
    documentNo: PERSON,
    ...WHY,
  });
  const task = { code: 'T1', ...YEAR, title: '修路', goal: PERSON };
  await api.write('planTask', { ...task, ...WHY });
  const indicator = {
    code: 'I1',
    ...YEAR,
    name: '里程',
    level1: 'OUTPUT',
    level2: 'QUANTITY',
    direction: 'AT_LEAST',
    target: '12.5',
  };
  await api.write('defineIndicator', { ...indicator, ...WHY });
  await api.write('recordObservation', {
    code: 'I1',
    observedOn: '2023-06-20',
    value: '12.50',
    source: PERSON,
    ...WHY,
  });
  await api.write('openEvaluation', { ...YEAR, ...WHY });
  // Known in July, and effective in June.
  api.clock.move(7 * 86_400_000);
  await api.write('supplementBudget', { ...YEAR, line: 'L2', amount: '1000.00', effectiveAt: '2023-06-20', ...WHY });
});

afterAll(async () => {
  await api.close();
  temporary.remove();
});

let folders = 0;
const newFolder = (): string => path.join(temporary.path, `export-${++folders}`);

async function run(
  options: readonly string[],
  reader = token,
  url = api.url,
): Promise<{ folder: string; said: string }> {
  const folder = newFolder();
  return { folder, said: await printed({ api: { url }, token: reader }, exportCommand, [folder, ...options]) };
}

const filesOf = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]),
  );

const records = (folder: string, name: string) => csvRecords(readFileSync(path.join(folder, `${name}.csv`), 'utf8'));
const descriptorOf = (folder: string) => JSON.parse(readFileSync(path.join(folder, 'datapackage.json'), 'utf8'));

test('a package has the lines as on record, with exact amounts and the classes of the year', async () => {
  const { folder } = await run([]);
  expect(records(folder, 'budget-lines')).toEqual([
    {
      budget: 'D1.2023',
      department: 'D1',
      fiscalYear: '2023',
      line: 'L1',
      name: '一,"二"',
      fundSource: 'GENERAL_PUBLIC_BUDGET',
      vintage: 'CURRENT_YEAR',
      expenditureKind: 'UNSPECIFIED',
      functionCode: '2070101',
      functionClass: '207',
      cofogDivision: '08',
      economicCode: '',
      projectCode: '',
      approved: '9007199254740993.11',
      adjusted: '9007199254740993.11',
      executed: '0.00',
    },
    expect.objectContaining({ line: 'L2', functionClass: '', approved: '0.10', adjusted: '1000.10', executed: '0.04' }),
    expect.objectContaining({ budget: 'D2.2024', line: 'L1' }),
    expect.objectContaining({ budget: 'D2.2024', line: 'L2' }),
  ]);
  // A text is published as it is: open data are not spreadsheets.
  expect(records(folder, 'departments').map(({ name }) => name)).toEqual(['=甲局', '乙局']);
  expect(records(folder, 'indicators')).toEqual([expect.objectContaining({ latestValue: '12.50', reached: 'true' })]);
  expect(records(folder, 'evaluations')).toEqual([]);
});

test('datapackage.json names each file with its size and hash', async () => {
  const { folder } = await run(['--title', '公开', '--license', 'CC-BY-4.0']);
  const { resources, title, licenses } = descriptorOf(folder);
  expect([title, licenses]).toEqual(['公开', [{ name: 'CC-BY-4.0' }]]);
  expect(resources.map(({ path: name }: any) => name).sort()).toEqual(
    readdirSync(folder)
      .filter((name) => name !== 'datapackage.json')
      .sort(),
  );
  for (const { path: name, bytes, hash, schema } of resources) {
    const content = readFileSync(path.join(folder, name));
    expect([name, bytes]).toEqual([name, content.length]);
    expect(hash).toBe(`sha256:${createHash('sha256').update(content).digest('hex')}`);
    const [header] = content.toString().split('\r\n');
    expect(header).toBe(schema.fields.map((field: any) => field.name).join(','));
  }
});

test.each([
  // Recorded later than known.
  [['--known-at', '2023-06-30'], '0.10', '0.04'],
  // Known now, and effective by the day.
  [['--as-of', '2023-06-30'], '1000.10', '0.04'],
  [['--as-of', '2023-06-10'], '0.10', '0.04'],
  [['--as-of', '2023-05-31', '--known-at', '2023-06-30'], '0.10', '0.00'],
])('%j', async (options, adjusted, executed) => {
  const { folder } = await run(options);
  expect(records(folder, 'budget-lines')[1]).toMatchObject({ adjusted, executed });
});

test.each(['package', 'xml'])('%s: the same moment has the same bytes, however it is named', async (format) => {
  const first = await run(['--format', format, '--known-at', '2023-06-30', '--as-of', '2023-06-30']);
  const files = filesOf(first.folder);
  const position = /position (\d+)/.exec(first.said)?.[1] ?? '';
  const again = await run(['--format', format, '--position', position, '--as-of', '2023-06-30T15:59:59.999Z']);
  expect(filesOf(again.folder)).toEqual(files);
  expect(first.said).toContain('known at 2023-06-28T02:00:00.000Z, as of 2023-06-30T15:59:59.999Z');
  expect(Object.keys(files)).toEqual(
    format === 'xml'
      ? ['audit-data.xml', 'audit-data.xsd', 'mapping.json']
      : expect.arrayContaining(['datapackage.json']),
  );
});

test('position and both clocks are in the package and in the document', async () => {
  const at = ['--known-at', '2023-06-30', '--as-of', '2023-06-30'];
  const { position, knownAt, effectiveAt, timeZone } = descriptorOf((await run(at)).folder);
  expect([knownAt, effectiveAt, timeZone]).toEqual([
    '2023-06-28T02:00:00.000Z',
    '2023-06-30T15:59:59.999Z',
    'Asia/Shanghai',
  ]);
  const document = filesOf((await run(['--format', 'xml', ...at])).folder)['audit-data.xml'];
  expect(document).toContain(` position="${position}" knownAt="${knownAt}" effectiveAt="${effectiveAt}" `);
  expect(descriptorOf((await run([])).folder).effectiveAt).toBeNull();
});

test.each(['package', 'xml'])('%s: nothing that may name a person is published', async (format) => {
  const texts = Object.entries(filesOf((await run(['--format', format])).folder));
  expect(texts.length).toBeGreaterThan(2);
  for (const [name, text] of texts)
    expect([name, text.includes(PERSON), text.includes('u-editor')]).toEqual([name, false, false]);
});

test('--department and --fiscal-year narrow the export, and are properties', async () => {
  const { folder } = await run(['--department', 'D2', '--fiscal-year', '2024']);
  expect(records(folder, 'departments').map(({ code }) => code)).toEqual(['D2']);
  expect(records(folder, 'budgets').map(({ code }) => code)).toEqual(['D2.2024']);
  expect(records(folder, 'tasks')).toEqual([]);
  expect(descriptorOf(folder)).toMatchObject({ departments: ['D2'], fiscalYear: 2024, readable: ['*'] });
  expect(records((await run(['--fiscal-year', '2022'])).folder, 'budgets')).toEqual([]);
});

describe('the reader', () => {
  test('gets only what the token may read, and the package says so', async () => {
    const reader = await api.token({ sub: 'u-d2', roles: ['auditor'], readDepartments: ['D2'] });
    const { folder } = await run([], reader);
    expect(records(folder, 'departments').map(({ code }) => code)).toEqual(['D2']);
    expect(records(folder, 'budget-lines').map(({ department }) => department)).toEqual(['D2', 'D2']);
    expect(records(folder, 'tasks')).toEqual([]);
    expect(descriptorOf(folder).readable).toEqual(['D2']);
  });

  test('whose persons are masked publishes the same', async () => {
    const analyst = await api.token({ sub: 'u-analyst', roles: ['analyst'] });
    expect(filesOf((await run([], analyst)).folder)).toEqual(filesOf((await run([])).folder));
  });

  test('without a role is refused, and gets no folder', async () => {
    const { folder, said } = await run([], await api.token({ roles: [] }));
    expect(said).toMatch(/\S/);
    expect(existsSync(folder)).toBe(false);
  });

  test('who misspells a department gets no empty package', async () => {
    const { folder, said } = await run(['--department', 'D1', '--department', 'D9']);
    expect([said.trim(), existsSync(folder)]).toEqual(['There is no department D9 that you may read', false]);
  });
});

describe('the folder', () => {
  const beside = (): readonly string[] => readdirSync(temporary.path).filter((name) => name.includes('.partial-'));

  test('must not exist, even if it is empty', async () => {
    const folder = newFolder();
    mkdirSync(folder);
    expect(await printed({ api, token }, exportCommand, [folder])).toContain(`${folder} exists; name a new folder`);
    expect(readdirSync(folder)).toEqual([]);
    expect(beside()).toEqual([]);
  });

  test('whose place does not exist is refused in one line', async () => {
    const said = await printed({ api, token }, exportCommand, [path.join(temporary.path, 'none', 'export')]);
    expect(said).toMatch(/^ *ENOENT: [^\n]*\n$/);
  });

  test.each([
    ['breaks off before its end', 'broke off before its end', (row: string) => row],
    ['is not NDJSON', 'is not NDJSON', () => 'null\n'],
    ['is of another position', 'is of another position than', (row: string) => `${row}{"kind":"END","position":"1"}\n`],
    ['goes on behind its end', 'goes on behind its end', (row: string) => `{"kind":"END","position":"7"}\n${row}`],
  ])('is not there if an answer %s', async (_, reason, body) => {
    const server = await standIn((response) => response.end(body('{"code":"D1","name":"甲局","level":null}\n')));
    try {
      const { folder, said } = await run(['--department', 'D1'], token, server.url);
      expect([said.includes(reason), existsSync(folder), beside()]).toEqual([true, false, []]);
    } finally {
      await server.close();
    }
  });

  test('is not there while it is made, nor after the command was stopped', async () => {
    const asked: string[] = [];
    const server = await standIn((response, address) => {
      asked.push(address);
      // It never ends.
      response.write('{"budget":');
    });
    const folder = newFolder();
    const stopping = new AbortController();
    const running = exportCommand({ MINGJIAN_URL: server.url, MINGJIAN_TOKEN: token }).run([folder], {
      config: readConfig({}, 'tool'),
      out: process.stdout,
      err: new PassThrough(),
      signal: stopping.signal,
    });
    try {
      await eventually('a table is read', () => Promise.resolve(asked.length > 0 && beside().length === 1));
      expect(existsSync(folder)).toBe(false);
      stopping.abort();
      expect(await running).toBe(1);
      expect([existsSync(folder), beside()]).toEqual([false, []]);
    } finally {
      await server.close();
    }
  });
});

describe('wrong arguments', () => {
  test.each([
    [[], 'one folder'],
    [['a', 'b'], 'one folder'],
    [['a', '--format', 'csv'], 'package or xml, not csv'],
    [['a', '--format', 'constructor'], 'package or xml'],
    [['a', '--fiscal-year', '23'], 'four digits'],
    [['a', '--license', 'my own'], 'name of a licence'],
    [['a', '--format', 'xml', '--title', '公开'], '--format package'],
    [['a', '--out', 'b'], '--out'],
  ])('%j', async (options, message) => {
    await expect(printed({ api, token }, exportCommand, options)).rejects.toThrow(UsageError);
    await expect(printed({ api, token }, exportCommand, options)).rejects.toThrow(message);
  });

  test.each([
    [['--as-of', 'yesterday'], /RFC 3339/],
    [['--position', '1', '--known-at', '2023-06-30'], /not both/],
    [['--position', '99999'], /\S/],
  ])('the server refuses %j, and nothing is written', async (options, reason) => {
    const { folder, said } = await run(options);
    expect(said).toMatch(reason);
    expect(existsSync(folder)).toBe(false);
  });
});

/** A server that knows a moment, and answers each state export as it is told to. */
async function standIn(
  answer: (response: ServerResponse, address: string) => void,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const data = {
    asOf: { position: '7', knownAt: '2023-01-01T00:00:00.000Z', effectiveAt: null },
    viewer: { readDepartments: ['*'] },
    ledger: { timeZone: 'Asia/Shanghai', demo: false },
  };
  const server = createServer((request, response) => {
    if (request.url === '/graphql') response.end(JSON.stringify({ data }));
    else answer(response, request.url ?? '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
