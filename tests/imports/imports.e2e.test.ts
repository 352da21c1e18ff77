import * as xlsx from '@e965/xlsx';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Command, UsageError } from '../../src/cli/command';
import { importCommand } from '../../src/cli/import';
import { monitorCommand } from '../../src/cli/monitor';
import { openSqliteEventStore } from '../../src/event-store/adapters/sqlite/sqlite-event-store';
import { EventStore } from '../../src/event-store/event-store';
import { Outage } from '../../src/kernel/outage';
import { startApi, TestApi, TokenClaims } from '../support/api';
import { TestClock } from '../support/clock';
import { STREAM_PREFIX } from '../support/ledger';
import { temporaryFolder } from '../support/temporary-folder';

const OF = { department: '441300-DSJ', fiscalYear: 2023 };
type Row = readonly (string | number | null)[];

let api: TestApi;
/** After so many appends, the log takes no more. */
let appendsLeft: number;
let folder: ReturnType<typeof temporaryFolder>;

function limitedLog(clock: TestClock): EventStore {
  const nodeClock = clock;
  const path = join(folder.path, 'ledger.db');
  const store = openSqliteEventStore({ path, prefix: STREAM_PREFIX, clock: { simulated: clock }, nodeClock });
  return Object.assign(Object.create(store) as EventStore, {
    append: async (...sent: Parameters<EventStore['append']>) => {
      if (appendsLeft-- <= 0) throw new Outage('The log takes no append');
      return store.append(...sent);
    },
  });
}

beforeEach(async () => {
  appendsLeft = Infinity;
  folder = temporaryFolder();
  api = await startApi({ now: '2024-02-01T02:00:00.000Z', eventStore: limitedLog });
  await api.write('registerDepartment', { code: '441300-DSJ', name: '市政数局' });
});
afterEach(async () => {
  await api.close();
  folder.remove();
});

function fileOf(sheets: Readonly<Record<string, readonly Row[]>>, bookType: xlsx.BookType = 'xlsx'): Buffer {
  const book = xlsx.utils.book_new();
  for (const [name, rows] of Object.entries(sheets)) {
    xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(rows as unknown[][]), name);
  }
  return Buffer.from(xlsx.write(book, { type: 'buffer', bookType }) as Buffer);
}

async function send(file: Buffer, fields: Readonly<Record<string, string>> = {}, token?: string) {
  const body = new FormData();
  body.set('file', new File([new Uint8Array(file)], 'form.xlsx'));
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const headers = { authorization: `Bearer ${token ?? (await api.token({ sub: 'u-clerk' }))}` };
  const response = await fetch(`${api.url}/imports`, { method: 'POST', headers, body });
  return { status: response.status, answer: await response.json() };
}

const results = (answer: any): string[] => answer.facts.map((fact: any) => `${fact.result} ${fact.action}`);
const refusals = (answer: any): string[] =>
  answer.cells
    .filter((cell: any) => cell.isRefused)
    .map(({ sheet, cell, reason }: any) => `${sheet}!${cell} ${reason}`);
const positions = async (): Promise<bigint> => api.eventStore.head();

const HEAD: Row[] = [['部门整体支出绩效自评表'], ['部门名称', '441300-DSJ-市政数局', '年度', 2023]];
const FUNDS: Row = ['资金来源', '年初预算', '年度预算调整', '调整后的预算', '全年执行数', '预算执行率%', '自评得分'];
const TITLES: Row = [
  '一级指标',
  '二级指标',
  '三级指标',
  '指标性质',
  '指标值',
  '度量单位',
  '实际完成值',
  '分值',
  '得分',
];
const GENERAL: Row = ['一般公共预算资金', 9689.88, 1914.2, 11604.08, 11238.79, null, null];
const UNIT: Row = ['单位资金', 100, 0, 100, 89.974, null, null];
const HOSTS: Row = ['产出指标', '数量指标', '云主机', '≥', 1300, '台', 1338, 10, 10];
const RATE: Row = ['满意度指标', '服务对象满意度', '接通率', '≥', 95, '%', '超过98%', 10, 10];
const form = (funds: readonly Row[], indicators: readonly Row[], names = ['预算', '指标']) =>
  fileOf({ [names[0]!]: [...HEAD, FUNDS, ...funds], [names[1]!]: [TITLES, ...indicators] });

const LEDGER = `{ budget(department: "441300-DSJ", fiscalYear: 2023) { opening revised executed lines { code opening revised executed } }
  indicators(first: 9) { nodes { name target points latest { value qualifier observedOn } } } }`;

test('a form becomes facts, once, wherever its rows are; a change of it is a correction', async () => {
  const first = form([GENERAL, UNIT], [HOSTS, RATE]);
  const dry = await send(first, { dryRun: '1' });
  expect(refusals(dry.answer)).toEqual([]);
  expect(dry.answer.status).toBe('DRY_RUN');
  expect(dry.answer.cells).toHaveLength(2 + 1 + 2 + 7 + 5 + 5 + 9 + 9 + 9);
  const before = await positions();

  const { answer } = await send(first);
  expect(answer.status).toBe('RECORDED');
  expect(results(answer)).toEqual(
    results(dry.answer).map((result: string) => result.replace('WOULD_RECORD', 'RECORDED')),
  );
  expect(await positions()).toBeGreaterThan(before);
  expect(await api.data(LEDGER)).toEqual({
    budget: {
      opening: '97898800.00',
      revised: '117040800.00',
      executed: '113287640.00',
      lines: [
        { code: 'GENERAL_PUBLIC_BUDGET', opening: '96898800.00', revised: '116040800.00', executed: '112387900.00' },
        { code: 'UNIT_FUNDS', opening: '1000000.00', revised: '1000000.00', executed: '899740.00' },
      ],
    },
    indicators: {
      nodes: expect.arrayContaining([
        {
          name: '云主机',
          target: '1300',
          points: '10',
          latest: { value: '1338', qualifier: 'EQ', observedOn: '2023-12-31' },
        },
        {
          name: '接通率',
          target: '95',
          points: '10',
          latest: { value: '98', qualifier: 'GT', observedOn: '2023-12-31' },
        },
      ]),
    },
  });
  const { changes } = await api.data('{ changes(first: 20) { nodes { type evidence { uri sha256 title } } } }');
  const spent = changes.nodes.find(({ type }: any) => type === 'ExpenditureRecorded');
  expect(spent.evidence).toEqual([
    {
      uri: `import:department/441300-DSJ/2023/GENERAL_PUBLIC_BUDGET/executed#${encodeURIComponent('预算')}!E4`,
      sha256: answer.file.sha256,
      title: 'form.xlsx',
    },
  ]);

  const recorded = await positions();
  const unchanged: readonly Buffer[] = [
    first,
    form([UNIT, GENERAL], [RATE, HOSTS], ['改名', '再改名']),
    form([['说明'], GENERAL, [], UNIT], [['产出指标', null, '指标2：'], RATE, HOSTS]),
    form([GENERAL], [HOSTS]),
  ];
  for (const again of unchanged) {
    const { answer: nothing } = await send(again);
    expect([nothing.status, results(nothing), refusals(nothing)]).toEqual(['RECORDED', [], []]);
  }
  expect(await positions()).toBe(recorded);

  const changed = form(
    [['一般公共预算资金', 9700, 1900, 11600, 11239, null, null], UNIT],
    [[...HOSTS.slice(0, 6), 1340, 10, 10], RATE],
  );
  const second = await send(changed);
  expect([second.answer.status, results(second.answer)]).toEqual([
    'RECORDED',
    [
      'RECORDED correctBudgetFact',
      'RECORDED correctBudgetFact',
      'RECORDED correctBudgetFact',
      'RECORDED correctObservation',
    ],
  ]);
  const { budget } = await api.data(LEDGER);
  expect(budget.lines[0]).toMatchObject({ opening: '97000000.00', revised: '116000000.00', executed: '112390000.00' });
  expect(results((await send(changed)).answer)).toEqual([]);
});

test('an import that ends after half of its facts is finished by the same file', async () => {
  const file = form([GENERAL, UNIT], [HOSTS, RATE]);
  appendsLeft = 4;
  const half = await send(file);
  expect(half.answer.status).toBe('INCOMPLETE');
  appendsLeft = Infinity;
  const rest = await send(file);
  expect(rest.answer.status).toBe('RECORDED');
  expect(rest.answer.facts.length).toBe(half.answer.facts.length - 4);
  const { budget, indicators } = await api.data(LEDGER);
  expect([budget.executed, indicators.nodes.length]).toEqual(['113287640.00', 2]);
});

test('what others recorded is never changed, and nothing is recorded if anything is refused', async () => {
  const lines = [{ code: 'A', name: '运行', fundSource: 'UNIT_FUNDS', amount: '500000' }];
  await api.write('approveBudget', { ...OF, lines });
  await api.write('recordExpenditure', { ...OF, line: 'A', amount: '100', effectiveAt: '2023-05-01' });
  const before = await positions();
  const { answer } = await send(form([['单位资金', 60, 0, 60, 0.01, null, null]], [HOSTS]));
  expect(answer.status).toBe('REFUSED');
  expect(refusals(answer)).toEqual([
    expect.stringMatching(/^预算!B4 与账本不符：账上为 500000.00 元，表上为 600000.00 元/),
  ]);
  expect(await positions()).toBe(before);
  const overspent = await send(form([['单位资金', 50, 0, 50, 0.02, null, null]], []));
  expect(refusals(overspent.answer)).toEqual([expect.stringMatching(/^预算!E4 与账本不符/)]);
});

test('a form that was exported changes nothing; in an empty ledger it gives the same form again', async () => {
  const exported = async (form: string, query = ''): Promise<Buffer> => {
    const headers = { authorization: `Bearer ${await api.token()}` };
    const response = await fetch(`${api.url}/forms/${form}/441300-DSJ/2023.xlsx${query}`, { headers });
    expect(response.status).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  };
  const cells = (file: Buffer) => {
    const { Sheets } = xlsx.read(file, { cellFormula: true, cellNF: true });
    const shown = ({ v, f, z, w }: xlsx.CellObject) => ({ v, f, z, w });
    return Object.entries(Sheets).map(([name, sheet]) => [
      name,
      Object.entries(sheet).map(([key, cell]) => [key, key.startsWith('!') ? cell : shown(cell as xlsx.CellObject)]),
    ]);
  };
  await send(form([GENERAL, UNIT], [HOSTS, RATE]));
  const before = await positions();
  const line = '?line=GENERAL_PUBLIC_BUDGET';
  const files = {
    department: await exported('department'),
    'national-project': await exported('national-project', line),
    'sichuan-project': await exported('sichuan-project', line),
  };
  for (const [name, file] of Object.entries(files)) {
    const { answer } = await send(file);
    expect([answer.form, answer.status, results(answer), refusals(answer)]).toEqual([name, 'RECORDED', [], []]);
  }
  expect(await positions()).toBe(before);

  await api.close();
  api = await startApi({ now: '2024-02-01T02:00:00.000Z' });
  await api.write('registerDepartment', { code: '441300-DSJ', name: '市政数局' });
  const { answer } = await send(files.department);
  expect([answer.status, refusals(answer)]).toEqual(['RECORDED', []]);
  expect(cells(await exported('department'))).toEqual(cells(files.department));
  expect(cells(await exported('national-project', line))).toEqual(cells(files['national-project']));
});

test('facts that need a second person become proposals; after the confirmation, the same file records the rest', async () => {
  await api.close();
  const fourEyes = [{ action: 'approveBudget', closedOnly: false }];
  api = await startApi({ now: '2024-02-01T02:00:00.000Z', fourEyes });
  await api.write('registerDepartment', { code: '441300-DSJ', name: '市政数局' });
  const file = form([GENERAL], [HOSTS]);
  const dry = await send(file, { dryRun: '1' });
  expect(results(dry.answer)[0]).toBe('WOULD_PROPOSE approveBudget');
  const { answer } = await send(file);
  expect([answer.status, results(answer)]).toEqual([
    'WAITING',
    [
      'PROPOSED approveBudget',
      'REFUSED supplementBudget',
      'REFUSED recordExpenditure',
      'RECORDED defineIndicator',
      'RECORDED recordObservation',
    ],
  ]);
  expect((await send(file)).answer.status).toBe('WAITING');
  const { proposals } = await api.data('{ proposals(first: 9) { nodes { code } } }');
  expect(proposals.nodes).toHaveLength(1);
  const second = await api.token({ sub: 'u-second', roles: ['finance'] });
  const confirm = 'mutation($input: DecideProposalInput!) { confirmProposal(input: $input) { position } }';
  await api.data(confirm, { input: { code: proposals.nodes[0].code, reason: '同意' } }, second);
  expect(results((await send(file)).answer)).toEqual(['RECORDED supplementBudget', 'RECORDED recordExpenditure']);
  expect((await api.data(LEDGER)).budget).toMatchObject({ opening: '96898800.00', executed: '112387900.00' });
});

test('the command line imports a file, and shows the monitoring of the year', async () => {
  const environment = { MINGJIAN_URL: api.url, MINGJIAN_TOKEN: await api.token({ sub: 'u-clerk' }) };
  const path = join(folder.path, '自评表.xlsx');
  const run = async (command: Command, ...arguments_: string[]) => {
    const [out, err] = [new PassThrough(), new PassThrough()];
    const signal = new AbortController().signal;
    const status = await command.run(arguments_, { out, err, signal, config: undefined as never });
    return { status, out: String(out.read() ?? ''), err: String(err.read() ?? '') };
  };
  writeFileSync(path, form([['单位资金', 100, 0, 100, 20, null, null]], [HOSTS]));
  const dry = await run(importCommand(environment), path, '--dry-run');
  expect(dry).toMatchObject({ status: 0, err: '' });
  expect(dry.out).toContain('→ 记录全年执行数 200000.00 元');
  expect(dry.out).toContain('Nothing was recorded');
  expect(await run(importCommand(environment), path)).toMatchObject({ status: 0 });
  const monitored = await run(monitorCommand(environment), '441300-DSJ', '2023', '--as-of', '2023-12-31');
  expect(monitored).toMatchObject({ status: 0, err: '' });
  expect(monitored.out).toMatch(/20\.00 +█{8}\n/);
  expect(monitored.out).toMatch(/YELLOW +spending +441300-DSJ\.2023 +20\.00 +80/);
  expect((await run(monitorCommand(environment), 'NOBODY', '2023')).status).toBe(1);
  writeFileSync(path, form([['单位资金', 100, 0, 100, '#REF!', null, null]], []));
  expect(await run(importCommand(environment), path)).toMatchObject({ status: 1, out: expect.stringContaining('✗') });
  await expect(run(importCommand(environment), join(folder.path, 'none.xlsx'))).rejects.toThrow(UsageError);
});

test('a row that the rules refuse is refused with its cell, and nobody imports what he may not record', async () => {
  const { answer } = await send(form([['单位资金', 1, 0, 1, 2, null, null]], []));
  expect(refusals(answer)).toEqual([expect.stringMatching(/^预算!E4 .*（.+）$/)]);
  const editor = await api.token({ roles: ['editor'] });
  const { answer: forbidden } = await send(form([UNIT], []), {}, editor);
  expect([forbidden.status, refusals(forbidden)[0]]).toEqual(['REFUSED', expect.stringContaining('没有权限')]);
  const auditor = await api.token({ roles: ['auditor'] });
  expect((await send(form([], [HOSTS]), {}, auditor)).answer.status).toBe('REFUSED');
});

test.each<[string, TokenClaims]>([
  ['the department', { departments: ['441300-DSJ'], readDepartments: ['D2'] }],
  ['what persons sent', { roles: ['analyst'] }],
])('who may not read %s cannot compare a form with it, and imports nothing', async (_what, claims) => {
  const sent = await send(form([UNIT], []), { dryRun: '1' }, await api.token(claims));
  expect([sent.status, sent.answer.errors[0].extensions.code]).toEqual([403, 'FORBIDDEN']);
});

test.each([[[]], [['analyst']]])('nothing of a file is read for the roles %j, which import nothing', async (roles) => {
  const sent = await send(Buffer.from('no file that anybody can read'), {}, await api.token({ roles }));
  expect([sent.status, sent.answer.errors?.[0].extensions.code]).toEqual([403, 'FORBIDDEN']);
});

test.each([
  ['very long', `{"sheet":"${'x'.repeat(131_072)}"}`],
  ['of lists in one another', '['.repeat(11) + ']'.repeat(11)],
])('a mapping that is %s is not parsed', async (_, map) => {
  const { status, answer } = await send(Buffer.from('a,b'), { map });
  expect([status, answer.errors[0].extensions]).toMatchObject([
    400,
    {
      code: 'BAD_USER_INPUT',
      violations: [{ path: '/map', message: 'must have at most 131072 bytes and 10 objects' }],
    },
  ]);
});

describe('payments', () => {
  const MAP = JSON.stringify({
    ...OF,
    columns: { voucher: '凭证号', date: '日期', amount: '金额', line: '明细', payee: '收款人' },
    lines: { 运行经费: 'A' },
  });
  const COLUMNS: Row = ['序号', '凭证号', '日期', '明细', '收款人', '金额'];
  const row = (n: number, amount: number, date = '2023/3/5'): Row => [n, `记-${n}`, date, '运行经费', '某公司', amount];
  const table = (...rows: readonly Row[]): Buffer =>
    fileOf({ 支付: [COLUMNS, ...rows, ['合计', null, null, null, null, 99]] });
  const executed = async (): Promise<string> =>
    (await api.data('{ budget(department: "441300-DSJ", fiscalYear: 2023) { executed } }')).budget.executed;

  beforeEach(async () => {
    const lines = [{ code: 'A', name: '运行', fundSource: 'UNIT_FUNDS', amount: '1000' }];
    await api.write('approveBudget', { ...OF, lines });
  });

  test('are recorded once each, equal ones counted; a changed amount is a correction', async () => {
    const rows = [row(1, 100), row(2, 50.5), row(2, 50.5), row(3, 7, '2023年12月31日')];
    expect((await send(table(...rows), { map: MAP })).answer.status).toBe('RECORDED');
    expect(await executed()).toBe('208.00');
    const again = await send(table(...[...rows].reverse(), row(4, 1)), { map: MAP });
    expect(results(again.answer)).toEqual(['RECORDED recordExpenditures']);
    expect(again.answer.facts[0].items).toBe(1);
    expect(await executed()).toBe('209.00');
    const changed = await send(table(row(1, 90), ...rows.slice(1)), { map: MAP });
    expect(results(changed.answer)).toEqual(['RECORDED correctBudgetFact']);
    expect(await executed()).toBe('199.00');
    expect(results((await send(table(row(1, 90), ...rows.slice(1)), { map: MAP })).answer)).toEqual([]);
  });

  test('are refused as a whole if one of them is', async () => {
    const { answer } = await send(table(row(1, 600), row(2, 600)), { map: MAP });
    expect([answer.status, refusals(answer)]).toEqual(['REFUSED', [expect.stringMatching(/^支付!F3 /)]]);
    expect(await executed()).toBe('0.00');
  });

  test('that were recorded before a crash are not recorded again', async () => {
    const items = [{ line: 'A', amount: '100', effectiveAt: '2023-03-05', documentNo: '记-1' }];
    await api.write('recordExpenditures', { ...OF, items });
    const { answer } = await send(table(row(1, 100), row(2, 50)), { map: MAP });
    expect([answer.status, answer.facts[0].items]).toEqual(['RECORDED', 1]);
    expect(await executed()).toBe('150.00');
  });

  test('below 0 are refunds, once, whatever the order of the table; a changed one is a correction', async () => {
    const rows = [row(3, -20.5, '2023/4/2'), row(2, -30, '2023/4/1'), row(1, 100)];
    const { answer } = await send(table(...rows), { map: MAP });
    expect([refusals(answer), results(answer)]).toEqual([
      [],
      ['RECORDED recordExpenditures', 'RECORDED recordRefund', 'RECORDED recordRefund'],
    ]);
    expect(answer.cells.find(({ cell }: any) => cell === 'F3')).toMatchObject({ becomes: '收回 30.00 元（红字）' });
    expect(await executed()).toBe('49.50');
    expect(results((await send(table(...rows), { map: MAP })).answer)).toEqual([]);
    const changed = await send(table(row(2, -40, '2023/4/1')), { map: MAP });
    expect(results(changed.answer)).toEqual(['RECORDED correctBudgetFact']);
    expect(await executed()).toBe('39.50');
  });

  test('below 0 that somebody has recorded as a reversal are on record', async () => {
    const spent = await api.write('recordExpenditure', { ...OF, line: 'A', amount: '100', effectiveAt: '2023-03-05' });
    const reversal = { change: spent.changes[0].id, amount: '30', documentNo: '记-２', effectiveAt: '2023-04-01' };
    await api.write('reverseExpenditure', { ...OF, ...reversal });
    expect(results((await send(table(row(2, -30, '2023/4/1')), { map: MAP })).answer)).toEqual([]);
    expect(await executed()).toBe('70.00');
  });

  test('that take back more than was paid are refused without a memo, which is their reason', async () => {
    const { answer } = await send(table(row(1, 100), row(2, -130)), { map: MAP });
    expect([answer.status, refusals(answer)]).toEqual(['REFUSED', [expect.stringMatching(/^支付!F3 .*理由/)]]);
    const map = JSON.stringify({ ...JSON.parse(MAP), columns: { ...JSON.parse(MAP).columns, memo: '序号' } });
    expect((await send(table(row(1, 100), row(2, -130)), { map })).answer.status).toBe('RECORDED');
    expect(await executed()).toBe('-30.00');
  });

  test('keep what was written; only the comparison takes full-width characters as half-width ones', async () => {
    const written: Row = [1, '记－１', '2023/3/5', '运行经费', '某公司（中国）', '１００．００'];
    expect((await send(table(written), { map: MAP })).answer.status).toBe('RECORDED');
    const { changes } = await api.data('{ changes(first: 20) { nodes { documentNo data } } }');
    const spent = changes.nodes.at(-1);
    expect([spent.documentNo, spent.data.payee, spent.data.amount]).toEqual(['记－１', '某公司（中国）', '100.00']);
    expect(results((await send(table(row(1, 100)), { map: MAP })).answer)).toEqual([]);
  });

  test('with a text that is too long are refused at their cells', async () => {
    const long: Row = [2, '记-2', '2023/3/5', '运行经费', '长'.repeat(501), 10];
    const { answer } = await send(table(row(1, 1), long), { map: MAP });
    expect([answer.status, refusals(answer)]).toEqual(['REFUSED', [expect.stringMatching(/^支付!F3 .*payee/)]]);
  });

  test('of two imports at the same time are recorded once', async () => {
    const rows = Array.from({ length: 5 }, (_, n) => row(n, 10));
    const answers = await Promise.all([
      send(table(...rows), { map: MAP }),
      send(table(...rows, row(9, 1)), { map: MAP }),
    ]);
    expect(answers.map(({ answer }) => answer.status)).toEqual(['RECORDED', 'RECORDED']);
    expect(await executed()).toBe('51.00');
  });
});

test('a .csv in GB 18030 and an .xls are read as an .xlsx is', async () => {
  // 资金来源,年初预算,年度预算调整,调整后的预算,全年执行数 and 单位资金,1,0,1,1
  const csv = Buffer.from(
    'd7cabdf0c0b4d4b42cc4eab3f5d4a4cbe32cc4eab6c8d4a4cbe3b5f7d5fb2cb5f7d5fbbaf3b5c4d4a4cbe32cc8abc4ead6b4d0d0cafd0a' +
      'b5a5cebbd7cabdf02c312c302c312c310a',
    'hex',
  );
  const sent = await send(csv, { department: '441300-DSJ', fiscalYear: '2023', dryRun: '1' });
  expect([sent.answer.form, sent.answer.status]).toEqual(['department', 'DRY_RUN']);
  const xls = fileOf({ 预算: [...HEAD, FUNDS, UNIT] }, 'biff8');
  expect((await send(xls, { dryRun: '1' })).answer).toMatchObject({ form: 'department', status: 'DRY_RUN' });
});

test.each([
  ['ends without its last mark', (body: Buffer) => body.subarray(0, -6)],
  ['ends within the file', (body: Buffer) => body.subarray(0, 2_000)],
  [
    'has the mark of another one',
    (body: Buffer) => Buffer.from(body.toString('latin1').replaceAll('mark', 'dark'), 'latin1'),
  ],
])('a body that %s is refused, and nothing is recorded', async (_what, change) => {
  const before = await positions();
  const part = '--mark\r\ncontent-disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n';
  const body = Buffer.concat([Buffer.from(part), form([UNIT], [HOSTS]), Buffer.from('\r\n--mark--\r\n')]);
  const post = async (sent: Buffer) =>
    fetch(`${api.url}/imports`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await api.token()}`,
        'content-type': 'multipart/form-data; boundary=mark',
      },
      body: new Uint8Array(sent),
    });
  expect((await post(change(body))).status).toBe(400);
  expect(await positions()).toBe(before);
  expect((await post(body)).status).toBe(200);
});

test('an upload that breaks off records nothing, and the next one is read', async () => {
  const before = await positions();
  const { port } = new URL(api.url);
  const socket = connect(Number(port), '127.0.0.1');
  const head = ['POST /imports HTTP/1.1', 'host: a', `authorization: Bearer ${await api.token()}`];
  const type = 'content-type: multipart/form-data; boundary=mark';
  socket.write([...head, type, 'content-length: 4000000', '', '--mark\r\n'].join('\r\n'));
  socket.write('a'.repeat(100_000), () => socket.destroy());
  await once(socket, 'close');
  expect((await send(form([UNIT], [HOSTS]), { dryRun: '1' })).answer.status).toBe('DRY_RUN');
  expect(await positions()).toBe(before);
});

test('a request that is no import is refused in its form', async () => {
  const headers = { authorization: `Bearer ${await api.token()}` };
  const post = async (init: RequestInit) => (await fetch(`${api.url}/imports`, { method: 'POST', ...init })).status;
  expect(await post({ body: new FormData() })).toBe(401);
  expect(await post({ headers: { ...headers, 'content-type': 'application/json' }, body: '{}' })).toBe(415);
  expect(await post({ headers, body: new FormData() })).toBe(400);
  expect(await post({ headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x' }, body: 'y' })).toBe(
    400,
  );
  const many = new FormData();
  for (let part = 0; part < 20; part++) many.append('file', '1');
  expect(await post({ headers, body: many })).toBe(400);
  const large = new FormData();
  large.set('file', new File([new Uint8Array(5_000_000)], 'large.csv'));
  expect(await post({ headers, body: large })).toBe(413);
  const { status, answer } = await send(Buffer.from('甲,乙\n1,2\n'));
  expect([status, answer.status, answer.problem]).toEqual([200, 'REFUSED', expect.stringContaining('不是')]);
});
