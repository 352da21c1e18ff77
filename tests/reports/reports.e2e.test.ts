import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { read, utils } from '@e965/xlsx';
import { strFromU8, unzipSync } from 'fflate';
import { buildDemoLedger } from '../../src/app/demo/build';
import { readConfig } from '../../src/app/config';
import { Command } from '../../src/cli/command';
import { formCommand } from '../../src/cli/form';
import { reportCommand } from '../../src/cli/report';
import { openSqliteEventStore } from '../../src/event-store/adapters/sqlite/sqlite-event-store';
import { startApi, TestApi, TokenClaims } from '../support/api';
import { STREAM_PREFIX, TIME_ZONE } from '../support/ledger';
import { temporaryFolder } from '../support/temporary-folder';

/** The reports of the demo over HTTP, and from the command line. */

const folder = temporaryFolder();
const REPORT = '/reports/evaluation/441300-DSJ/2023';
let api: TestApi;

beforeAll(async () => {
  const path = join(folder.path, 'ledger.db');
  await buildDemoLedger({ path, streamPrefix: STREAM_PREFIX, timeZone: TIME_ZONE });
  const office = join(folder.path, 'office');
  writeFileSync(office, '#!/bin/sh\ncp report.docx report.pdf\n');
  chmodSync(office, 0o755);
  const eventStore = () => openSqliteEventStore({ path, prefix: STREAM_PREFIX, kind: 'demo' });
  api = await startApi({ eventStore, demo: true, now: '2024-06-01T00:00:00.000Z', office });
});
afterAll(async () => {
  await api.close();
  folder.remove();
});

async function get(address: string, claims: TokenClaims = { roles: ['auditor'] }) {
  const authorization = `Bearer ${await api.token(claims)}`;
  const response = await fetch(`${api.url}${address}`, { headers: { authorization } });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}
const text = async (address: string, claims?: TokenClaims) => (await get(address, claims)).bytes.toString();
const withoutNotes = (markdown: string) => markdown.replace(/\[\^\d+\](?!:)/g, '');

describe('the report of the demo', () => {
  test.each([
    ['md', 'text/markdown; charset=utf-8'],
    ['html', 'text/html; charset=utf-8'],
    ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['pdf', 'application/pdf'],
  ])('comes as %s', async (format, contentType) => {
    const { status, headers, bytes } = await get(`${REPORT}.${format}`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe(contentType);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-position')).toMatch(/^\d+$/);
    expect(bytes.length).toBeGreaterThan(5_000);
  });

  test('has the figures of the real report, with their documents and positions', async () => {
    const markdown = await text(`${REPORT}.md`);
    const plain = withoutNotes(markdown);
    expect(plain).toContain(
      '年初预算 9689.88 万元，年度调整 +1914.20 万元，全年预算（调整后预算数）11604.08 万元，全年执行 11604.08 万元，预算执行率 100.00%',
    );
    expect(plain).toContain('自评得分 97.63 分');
    expect(plain).toContain('超过42.3万宗');
    expect(plain).toContain('约29.87亿条');
    expect(plain).toContain(
      '部门预算资金支出率 | 6 | 6.00 | 规则计算 | 执行 11604.08 万元 ÷ 调整后预算 11604.08 万元 |',
    );
    expect(plain).toContain('账本没有记载改进意见');
    expect(markdown).toMatch(/\[\^\d+\]: 文号 示例预〔2023〕12号，账本位置 \d+，生效日 2023-06-28。/);
    expect(markdown).not.toMatch(/undefined|NaN|\[object/);
  });

  test('is as of the moment that is asked for, on both clocks', async () => {
    const then = withoutNotes(await text(`${REPORT}.md?knownAt=2023-06-30&effectiveAt=2023-06-30`));
    expect(then).toContain('全年执行 4294.87 万元');
    expect(then).toContain('惠州市政务服务数据管理局');
    expect(then).toContain('账本没有该年度的自评');
    const now = withoutNotes(await text(`${REPORT}.md?effectiveAt=2023-06-30`));
    expect(now).toContain('全年预算（调整后预算数）10689.88 万元，全年执行 4617.17 万元');
  });

  test('is the same to the byte for the same position, however it is named', async () => {
    for (const format of ['md', 'html', 'docx']) {
      const { headers, bytes } = await get(`${REPORT}.${format}?knownAt=2024-03-20&effectiveAt=2023-12-31`);
      const again = await get(`${REPORT}.${format}?position=${headers.get('x-position')!}&effectiveAt=2023-12-31`);
      expect(again.bytes.equals(bytes)).toBe(true);
    }
  });

  test('as DOCX has every figure that it has as Markdown', async () => {
    const document = strFromU8(unzipSync((await get(`${REPORT}.docx`)).bytes)['word/document.xml']!);
    const words = document.replace(/<[^>]+>/g, ' ');
    const figures = withoutNotes(await text(`${REPORT}.md`)).match(/\d+\.\d+/g)!;
    expect(figures.length).toBeGreaterThan(150);
    expect(figures.filter((figure) => !words.includes(figure))).toEqual([]);
  });
});

describe('a comparison', () => {
  test('of the first submission with the publication says what changed, and why', async () => {
    const plain = withoutNotes(await text(`${REPORT}.md?from=2024-03-06&to=2024-04-13`));
    expect(plain).toContain('| 自评状态 | 已提交，第 1 轮 | 已公开，第 2 轮 | 有变化 |');
    expect(plain).toContain('请补写存在的问题');
    expect(plain).toContain('| 退回自评 |');
    expect(plain).not.toContain('| 支出 |');
  });

  test('takes positions, too', async () => {
    const { headers } = await get(`${REPORT}.md?knownAt=2024-03-06`);
    const positions = await text(`${REPORT}.md?from=${headers.get('x-position')!}&to=2024-04-13`);
    expect(positions).toBe(await text(`${REPORT}.md?from=2024-03-06&to=2024-04-13`));
  });
});

describe('the forms', () => {
  test.each([
    ['national-project', '&line=CLOUD', '3330.00', '1298.50'],
    ['sichuan-project', '&line=CLOUD', '3330.00', '1298.50'],
    ['department', '', '10689.88', '4617.17'],
  ])('%s is filled as of the moment', async (form, line, revised, executed) => {
    const address = `/forms/${form}/441300-DSJ/2023.xlsx?effectiveAt=2023-06-30${line}`;
    const { status, headers, bytes } = await get(address);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('spreadsheetml');
    const shown = Object.values(read(bytes).Sheets)
      .map((sheet) => utils.sheet_to_csv(sheet))
      .join('\n');
    expect(shown).toContain(revised);
    expect(shown).toContain(executed);
    const again = await get(`${address}&position=${headers.get('x-position')!}`);
    expect(again.bytes.equals(bytes)).toBe(true);
  });

  test.each([
    ['/forms/another/441300-DSJ/2023.xlsx', 404],
    ['/forms/department/NOBODY/2023.xlsx', 404],
    ['/forms/national-project/441300-DSJ/2023.xlsx?line=NONE', 404],
    ['/forms/national-project/441300-DSJ/2023.xlsx?line=%20', 400],
    ['/forms/national-project/441300-DSJ/2023.xlsx?from=3', 400],
    ['/forms/national-project/441300-DSJ/2023.xlsx', 400],
  ])('%s is refused', async (address, status) => {
    expect((await get(address)).status).toBe(status);
  });
});

describe('who asks for what', () => {
  test.each([
    ['an unknown department', '/reports/evaluation/NOBODY/2023.md', 404],
    ['a year that cannot be', '/reports/evaluation/441300-DSJ/20233.md', 404],
    ['a format that there is not', `${REPORT}.rtf`, 404],
    ['an unknown parameter', `${REPORT}.md?when=now`, 400],
    ['a moment that is none', `${REPORT}.md?knownAt=yesterday`, 400],
    ['two ends of the log', `${REPORT}.md?knownAt=2024-01-01&position=3`, 400],
    ['an end without a beginning', `${REPORT}.md?to=3`, 400],
    ['a comparison at a position', `${REPORT}.md?from=3&position=4`, 400],
    ['the future', `${REPORT}.md?position=999999`, 400],
  ])('%s is refused', async (_case, address, status) => {
    const answer = await get(address);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.bytes.toString()).errors).toHaveLength(1);
  });

  test('nobody without a token', async () => {
    expect((await fetch(`${api.url}${REPORT}.md`)).status).toBe(401);
  });

  test('a caller that may not read the department', async () => {
    expect((await get(`${REPORT}.docx`, { roles: ['editor'], departments: ['D9'] })).status).toBe(404);
    expect((await get(`${REPORT}.md`, { roles: ['editor'], departments: ['441300-DSJ'] })).status).toBe(200);
  });

  test('an analyst sees no names and no reasons', async () => {
    const seen = await text(`${REPORT}.md`, { roles: ['analyst'] });
    expect(seen).toContain('11604.08');
    for (const personal of ['孙', '政务云扩容，文件', '请补写存在的问题']) expect(seen).not.toContain(personal);
  });
});

describe('the command line', () => {
  const run = (...arguments_: string[]) => runCommand(reportCommand, arguments_);

  async function runCommand(command: (environment: Record<string, string>) => Command, arguments_: readonly string[]) {
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    const into = (list: Buffer[]) =>
      new Writable({
        write(chunk: Buffer, _encoding, done) {
          list.push(chunk);
          done();
        },
      });
    const environment = { MINGJIAN_URL: api.url, MINGJIAN_TOKEN: await api.token({ roles: ['auditor'] }) };
    const status = await command(environment).run(arguments_, {
      config: readConfig({}, 'tool'),
      out: into(output),
      err: into(errors),
      signal: new AbortController().signal,
    });
    return { status, output: Buffer.concat(output).toString(), errors: Buffer.concat(errors).toString() };
  }

  test('prints Markdown, or writes the file in the format of its ending', async () => {
    const printed = await run('441300-DSJ', '2023', '--known-at', '2024-03-20');
    expect(printed).toMatchObject({ status: 0, errors: '' });
    expect(printed.output).toBe(await text(`${REPORT}.md?knownAt=2024-03-20`));
    const file = join(folder.path, 'report.docx');
    expect(await run('441300-DSJ', '2023', '--from', '2024-03-06', '--to', '2024-04-13', '--out', file)).toMatchObject({
      status: 0,
    });
    expect(readFileSync(file).equals((await get(`${REPORT}.docx?from=2024-03-06&to=2024-04-13`)).bytes)).toBe(true);
  });

  test('fills a form', async () => {
    const file = join(folder.path, 'form.xlsx');
    const form = (...arguments_: string[]) => runCommand(formCommand, arguments_);
    const line = ['--line', 'CLOUD', '--position', '100', '--out', file];
    expect(await form('national-project', '441300-DSJ', '2023', ...line)).toMatchObject({ status: 0, errors: '' });
    const { bytes } = await get('/forms/national-project/441300-DSJ/2023.xlsx?line=CLOUD&position=100');
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(() => formCommand({}).run(['another', '441300-DSJ', '2023'], {} as never)).toThrow('form takes');
    expect(() => formCommand({}).run(['department', '441300-DSJ', '2023'], {} as never)).toThrow('--out');
  });

  test('says why there is no report', async () => {
    expect(await run('NOBODY', '2023')).toEqual({ status: 1, output: '', errors: 'There is no department NOBODY\n' });
    expect((await run('441300-DSJ', '2023', '--as-of', 'soon')).errors).toContain('effectiveAt');
    expect(() => reportCommand({}).run(['441300-DSJ'], {} as never)).toThrow('a department and a year');
    expect(() => reportCommand({}).run(['441300-DSJ', '2023', '--out', 'x.rtf'], {} as never)).toThrow(
      '--format takes',
    );
  });
});

describe('a form that is exported, imported and exported again', () => {
  const FORMS = [
    ['national-project', '?line=CLOUD'],
    ['sichuan-project', '?line=CLOUD'],
    ['department', ''],
  ];

  async function imported(file: Buffer, into: TestApi) {
    const body = new FormData();
    body.set('file', new File([new Uint8Array(file)], 'form.xlsx'));
    const headers = { authorization: `Bearer ${await into.token({ sub: 'u-clerk' })}` };
    const answer: any = await (await fetch(`${into.url}/imports`, { method: 'POST', headers, body })).json();
    const refused = answer.cells.filter((cell: any) => cell.isRefused);
    return { status: answer.status, refused, facts: answer.facts.length };
  }

  test.each(FORMS)('%s records nothing, and stays the same', async (form, line) => {
    const address = `/forms/${form}/441300-DSJ/2023.xlsx${line}`;
    const { bytes } = await get(address);
    expect(await imported(bytes, api)).toEqual({ status: 'RECORDED', refused: [], facts: 0 });
    expect((await get(address)).bytes.equals(bytes)).toBe(true);
  });

  test.each(FORMS)('%s fills another ledger, whose form has the same cells', async (form, line) => {
    const address = `/forms/${form}/441300-DSJ/2023.xlsx${line}`;
    const { bytes } = await get(address);
    const other = await startApi({ now: '2024-06-01T00:00:00.000Z' });
    try {
      await other.write('registerDepartment', { code: '441300-DSJ', name: '惠州市政务和数据局' });
      const { status, refused } = await imported(bytes, other);
      expect({ status, refused }).toEqual({ status: 'RECORDED', refused: [] });
      const authorization = `Bearer ${await other.token({ roles: ['auditor'] })}`;
      const again = await fetch(`${other.url}${address}`, { headers: { authorization } });
      const [before, after] = [cellsOf(bytes), cellsOf(Buffer.from(await again.arrayBuffer()))];
      // The lines of a source became one line, which has a code. Tasks and the texts of the evaluation are not recorded by an import.
      const had = (cell: string) => (before[cell] ?? '').trim() !== '';
      expect(Object.keys(after).filter((cell) => had(cell) && after[cell] !== before[cell])).toEqual([]);
      const missing = Object.keys(before).filter((cell) => after[cell] === undefined);
      expect(missing.filter((cell) => /^(SUM|IF|ROUND)|^ [\d.]+$/.test(before[cell]!))).toEqual([]);
    } finally {
      await other.close();
    }
  });

  /** The cells by sheet and place: their formulas and values. */
  const cellsOf = (file: Buffer): Record<string, string> =>
    Object.fromEntries(
      Object.entries(read(file, { cellFormula: true }).Sheets).flatMap(([name, sheet]) =>
        Object.entries(sheet)
          .filter(([cell]) => !cell.startsWith('!'))
          .map(([cell, { f = '', v = '' }]) => [`${name} ${cell}`, `${f} ${String(v)}`]),
      ),
    );
});

test('a year with more of anything than a list may have is refused', async () => {
  const other = await startApi({ limits: { maxListLength: 2 } });
  try {
    await other.write('registerDepartment', { code: 'D1', name: '甲局' });
    for (const code of ['T1', 'T2', 'T3'])
      await other.write('planTask', { code, department: 'D1', fiscalYear: 2023, title: code });
    const authorization = `Bearer ${await other.token({ roles: ['auditor'] })}`;
    const answer = await fetch(`${other.url}/reports/evaluation/D1/2023.md`, { headers: { authorization } });
    expect(answer.status).toBe(429);
    expect((await answer.json()).errors[0].extensions).toMatchObject({ limit: 'maxListLength' });
    const elsewhere = await fetch(`${other.url}/reports/evaluation/D1/2024.md`, { headers: { authorization } });
    expect(elsewhere.status).toBe(200);
  } finally {
    await other.close();
  }
});
