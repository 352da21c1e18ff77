import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CellObject, read, utils, WorkBook } from '@e965/xlsx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { LAYOUTS } from '../../src/forms/layouts';
import { FORM_IDS, FormId } from '../../src/forms/layouts/layout';
import { YearFigures } from '../../src/figures/year-figures';
import { filledForm } from '../../src/reports/forms/fill-form';
import { xlsxOf } from '../../src/reports/formats/xlsx';
import { temporaryFolder } from '../support/temporary-folder';
import timeLimits from '../support/time-limits.json';
import { YEAR } from './year';

const [line] = YEAR.budget!.lines;
const [indicator] = YEAR.indicators;
const year: YearFigures = {
  ...YEAR,
  budget: {
    ...YEAR.budget!,
    opening: 300_000_000n,
    adjustment: 25_000_001n,
    executed: 310_000_000n,
    lines: [
      line!,
      {
        ...line!,
        code: 'L2',
        name: '热线',
        projectCode: '441302230000010263357',
        opening: 200_000_000n,
        adjustment: 0n,
        executed: 200_000_000n,
        fundSource: 'UNATTRIBUTED',
      },
    ],
  },
  indicators: [
    { ...indicator!, points: '20' },
    {
      ...indicator!,
      code: 'K2',
      name: '-5-数据=经纪人',
      latest: { ...indicator!.latest!, qualifier: 'EQ', value: '47.5' },
      points: '30',
      completion: '50.00',
    },
    { ...indicator!, code: 'K3', name: '已停用', retired: true },
  ],
};

const bytesOf = (form: FormId, of = year) =>
  xlsxOf(filledForm(LAYOUTS[form], of), LAYOUTS[form].title, of.moment.recordedAt);
const bookOf = (bytes: Uint8Array): WorkBook => read(bytes, { cellFormula: true, cellNF: true, cellStyles: true });
const rowsOf = (bytes: Uint8Array, sheet = 0) =>
  utils.sheet_to_json<unknown[]>(Object.values(bookOf(bytes).Sheets)[sheet]!, { header: 1, raw: true, defval: '' });
const rowWith = (rows: readonly (readonly unknown[])[], text: string) => rows.find((row) => row.includes(text))!;

describe('the national form of a project', () => {
  const rows = rowsOf(bytesOf('national-project'));

  test('has its head, and the money in 万元 with all digits', () => {
    expect(rows[0]![0]).toBe('项目支出绩效自评表（2023年度）');
    expect(rowWith(rows, '主管部门')[1]).toBe('D1-甲局');
    expect(rowWith(rows, '其中：本年财政拨款').slice(0, 4)).toEqual(['其中：本年财政拨款', 100, 125.000001, 110]);
    expect(rowWith(rows, '其他资金').slice(1, 4)).toEqual([200, 200, 200]);
    expect(rowWith(rows, '上年结转资金').slice(1, 4)).toEqual(['', '', '']);
  });

  test('adds the total up, and scores its execution', () => {
    expect(rowWith(rows, '年度资金总额')).toEqual([
      '年度资金总额',
      300,
      325.000001,
      310,
      10,
      0.9538,
      9.54,
      expect.anything(),
      expect.anything(),
    ]);
    expect(rowWith(rows, '总分').slice(5, 7)).toEqual([60, 44.54]);
  });

  test('writes operator, target and unit in one text, and a bound as a text', () => {
    expect(rowWith(rows, '接通率')).toEqual(['产出指标', '质量指标', '接通率', '≥95%', '超过98', 20, 20, '', 'K1']);
    expect(rowWith(rows, '-5-数据=经纪人').slice(3, 7)).toEqual(['≥95%', 47.5, 30, 15]);
    expect(rows.flat()).not.toContain('已停用');
  });
});

test('the form of Sichuan writes direction, target and unit in columns of their own', () => {
  const rows = rowsOf(bytesOf('sichuan-project'));
  expect(rowWith(rows, '接通率').slice(2, 8)).toEqual(['接通率', '≥', 95, '%', '超过98', 20]);
  expect(rowWith(rows, '存在问题')[1]).toBe('数据共享不足');
  expect(rowWith(rows, '评价结论')[1]).toBe('达到预期');
});

test('the form of a department has a sheet for each part', () => {
  const bytes = bytesOf('department');
  expect(bookOf(bytes).SheetNames).toEqual([
    '预算执行情况',
    '年度绩效目标',
    '年度主要任务',
    '指标完成情况',
    '自评补充信息',
  ]);
  expect(rowWith(rowsOf(bytes), '一般公共预算资金').slice(0, 6)).toEqual([
    '一般公共预算资金',
    100,
    25.000001,
    125.000001,
    110,
    0.88,
  ]);
  expect(rowWith(rowsOf(bytes, 2), '一网通办')[1]).toBe('便民');
});

test('a form about one line of the budget has only its money, and names the project', () => {
  const [, project] = year.budget!.lines;
  const rows = rowsOf(xlsxOf(filledForm(LAYOUTS['national-project'], year, project), '', year.moment.recordedAt));
  expect(rowWith(rows, '项目名称')[1]).toBe('热线');
  expect(rowWith(rows, '项目编码')[1]).toBe('441302230000010263357');
  expect(rowWith(rows, '年度资金总额').slice(1, 4)).toEqual([200, 200, 200]);
});

describe.each(FORM_IDS)('the form %s', (form) => {
  test('is the same to the byte each time', () => {
    expect(Buffer.from(bytesOf(form)).equals(Buffer.from(bytesOf(form)))).toBe(true);
  });

  test('without a budget, indicators and an evaluation is empty, and has no errors', () => {
    const { department, moment, fiscalYear } = YEAR;
    const texts = rowsOf(bytesOf(form, { department, moment, fiscalYear, tasks: [], indicators: [] }))
      .flat()
      .join(' ');
    expect(texts).not.toMatch(/undefined|NaN|#/);
  });

  test('holds what looks like a formula as a text', () => {
    const hostile = { ...year, indicators: [{ ...indicator!, name: '=HYPERLINK("http://x")' }] };
    const sheets = Object.values(bookOf(bytesOf(form, hostile)).Sheets);
    const cells = sheets.flatMap((sheet) => Object.values(sheet) as CellObject[]);
    const found = cells.filter(({ v }) => v === '=HYPERLINK("http://x")');
    expect(found).toHaveLength(1);
    expect(found[0]!.f).toBeUndefined();
  });
});

const isInstalled = spawnSync('soffice', ['--version']).status === 0;

/** The numbers of a sheet, by the names of their cells. */
const numbersIn = (book: WorkBook) =>
  Object.fromEntries(
    Object.entries(book.Sheets).flatMap(([name, sheet]) =>
      Object.entries(sheet).flatMap(([cell, { t, v }]: [string, CellObject]) =>
        t === 'n' ? [[`${name} ${cell}`, v]] : [],
      ),
    ),
  );

(isInstalled ? test : test.skip)(
  'LibreOffice computes the formulas, and finds what is written',
  () => {
    const folder = temporaryFolder();
    for (const form of FORM_IDS) {
      const written = bytesOf(form);
      // Without the values that the formulas carry.
      const parts = Object.entries(unzipSync(written)).map(([name, data]): [string, Uint8Array] => [
        name,
        strToU8(strFromU8(data).replace(/<\/f><v>[^<]*<\/v>/g, '</f>')),
      ]);
      writeFileSync(join(folder.path, `${form}.xlsx`), zipSync(Object.fromEntries(parts)));
    }
    const out = join(folder.path, 'out');
    const profile = `-env:UserInstallation=${pathToFileURL(join(folder.path, 'profile')).href}`;
    const files = FORM_IDS.map((form) => join(folder.path, `${form}.xlsx`));
    spawnSync('soffice', [profile, '--headless', '--convert-to', 'xlsx', '--outdir', out, ...files], {
      timeout: 110_000,
    });
    for (const form of FORM_IDS) {
      const computed = numbersIn(read(readFileSync(join(out, `${form}.xlsx`))));
      const written = numbersIn(bookOf(bytesOf(form)));
      expect(Object.keys(written).length).toBeGreaterThan(20);
      for (const [cell, value] of Object.entries(written))
        expect([cell, computed[cell]]).toEqual([cell, expect.closeTo(value as number, 6)]);
    }
    folder.remove();
  },
  2 * timeLimits.test,
);
