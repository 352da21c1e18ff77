import { runInNewContext } from 'node:vm';
import { CellAnswers } from '../../src/forms/reading/answers';
import { FormReading } from '../../src/forms/reading/form-reading';
import { Grid } from '../../src/forms/reading/grid';
import { readMapping } from '../../src/forms/reading/payment-mapping';
import { readForm } from '../../src/forms/reading/read-form';
import { readPayments } from '../../src/forms/reading/read-payments';
import { cellName, Sheet, Workbook } from '../../src/forms/workbook';
import { Pausing } from '../../src/kernel/turns';
import { sheetOf, workbookOf } from './tables';

function read(workbook: Workbook) {
  const answers = new CellAnswers();
  const reading = finished(readForm(workbook, answers));
  const cells = workbook.sheets.flatMap(({ name, cells }) =>
    cells.map((cell) => [`${name}!${cellName(cell)}`, answers.of({ sheet: name, cell })] as const),
  );
  expect(cells.filter(([, answer]) => answer === undefined)).toEqual([]);
  const said = Object.fromEntries(cells);
  return { reading, said, refused: cells.flatMap(([place, answer]) => (answer?.isRefused ? [place] : [])) };
}

function finished<Value>(work: Pausing<Value>): Value {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

const money = (reading: FormReading | undefined) =>
  reading?.funds.map(({ row, opening, revised, executed }) => [
    row.title,
    ...[opening, revised, executed].map((amount) => amount && String(amount.value)),
  ]);

const indicators = (reading: FormReading | undefined) =>
  reading?.indicators.map(({ name, level1, level2, direction, target, unit, observation, points }) => ({
    name,
    class: `${level1}/${level2}`,
    target: `${direction ?? '?'} ${target?.value ?? '-'}${unit ?? ''}`,
    value: observation && `${observation.qualifier} ${observation.value ?? observation.text ?? ''}`,
    points: points?.value,
  }));

const NATIONAL_HEAD = [
  ['项目支出绩效自评表'],
  ['（2022年度）'],
  ['项目名称', '农村饮水工程', null, '项目编码', '51092324T000010263357'],
  ['主管部门', '219-天长市水利局', null, '实施单位', '219001-天长市水务所'],
];
const FUNDS = [
  '项目资金（万元）',
  null,
  '年初预算数',
  '全年预算数（A）',
  '全年执行数（B）',
  '分值',
  '执行率（B/A）',
  '得分',
];
const INDICATORS = [
  '一级指标',
  '二级指标',
  '三级指标',
  '年度指标值',
  '实际完成值',
  '分值',
  '得分',
  '偏差原因分析及改进措施',
];

describe('the national form', () => {
  const form = workbookOf(
    sheetOf('项目支出绩效自评表', [
      ...NATIONAL_HEAD,
      FUNDS,
      [null, '年度资金总额', 0, 0, 0, 10, '—', 0],
      [null, '其中：本年财政拨款', 90, 89.974, 89.974, '-', '100%', '-'],
      [null, '上年结转资金', '/', '*', '', '-', '—', '-'],
      [null, '其他资金', '—', '……', '无', '-', '—', '-'],
      ['年度总体目标', '预期目标', null, null, '实际完成情况'],
      [null, '保障饮水安全', null, null, '全部完成'],
      INDICATORS,
      ['产出指标(50分)', '数量指标', '指标1：新建水厂', '≥50个', 50, 20, 20, null],
      [null, null, '指标2：', null, null, null, null, null],
      [null, '质量指标', '验收合格率', '≥100百分比', '超过98%', 15, 14.7, '个别返工'],
      [null, '成本指标', '工程总投资', '≤90万元', '完成', 15, 15, null],
      ['效益指标', '社会效益', '群众用水改善', '显著改善', '达成预期指标', 30, 30, null],
      ['……', '……', '……', null, null, null, null, null],
      ['满意度指标', null, '-5-用水户满意度', '95%', '约96%', 10, 10, null],
      ['总分', null, null, null, null, 100, 99.7, null],
    ]),
  );
  const { reading, said, refused } = read(form);

  test('is recognised, with what it is about; a project code says nothing about the year', () => {
    expect(reading?.form).toBe('national-project');
    const { project, department, fiscalYear, projectCode } = reading!.about;
    expect([project?.value, department?.value, fiscalYear?.value, projectCode?.value]).toEqual([
      '农村饮水工程',
      '219',
      2022,
      '51092324T000010263357',
    ]);
    expect(refused).toEqual([]);
  });

  test('has exact amounts with three decimals; marks of nothing are nothing, and not 0', () => {
    expect(money(reading)).toEqual([
      ['其中：本年财政拨款', '90000000', '89974000', '89974000'],
      ['上年结转资金', undefined, undefined, undefined],
      ['其他资金', undefined, undefined, undefined],
    ]);
  });

  test('flags a total of 0 beside its parts, and puts nothing right', () => {
    expect(said['项目支出绩效自评表!C6']).toMatchObject({ warning: expect.stringContaining('900000.00 元不符') });
  });

  test('inherits levels, takes operator, number and unit apart, and leaves placeholders out', () => {
    expect(indicators(reading)).toEqual([
      { name: '新建水厂', class: 'OUTPUT/QUANTITY', target: 'AT_LEAST 50个', value: 'EQ 50', points: '20' },
      { name: '验收合格率', class: 'OUTPUT/QUALITY', target: 'AT_LEAST 100%', value: 'GT 98', points: '15' },
      { name: '工程总投资', class: 'OUTPUT/COST', target: 'AT_MOST 90万元', value: undefined, points: '15' },
      {
        name: '群众用水改善',
        class: 'BENEFIT/SOCIAL',
        target: 'QUALITATIVE -',
        value: 'EQ 达成预期指标',
        points: '30',
      },
      {
        name: '用水户满意度',
        class: 'SATISFACTION/SATISFACTION',
        target: 'AT_LEAST 95%',
        value: 'APPROX 96',
        points: '10',
      },
    ]);
    expect(said['项目支出绩效自评表!D19']).toMatchObject({ warning: expect.stringContaining('≥') });
  });

  test('says why the value of a numeric indicator that is a word becomes nothing', () => {
    expect(said['项目支出绩效自评表!E16']).toMatchObject({ text: '完成', reason: expect.stringContaining('不是数') });
  });
});

describe('the variant of Sichuan', () => {
  const { reading, refused } = read(
    workbookOf(
      sheetOf(
        'Sheet1',
        [
          ['部门预算项目支出绩效自评表（2023年度）'],
          ['项目名称', '法律援助', '预算单位', '906017-大英县司法局'],
          ['项目基本情况', '年度目标', '办结案件 200 件'],
          [null, '年度目标完成情况', '办结 210 件'],
          ['单位：元'],
          [
            '预算执行情况（10分）',
            null,
            '年初预算',
            '调整后预算数',
            '预算执行数',
            '预算执行率',
            '权重',
            '得分',
            '原因',
          ],
          [null, '总额', '300,000.00', '300,000.00', '299,999.50', '100%', 10, 10, null],
          [null, '财政资金', '300,000.00', '300,000.00', '299,999.50', '100%', '/', '/', null],
          [null, '财政专户管理资金', 0, 0, 0, null, '/', '/', null],
          ['绩效指标（90分）'],
          [
            '一级指标',
            '二级指标',
            '三级指标',
            '指标性质',
            '指标值',
            '度量单位',
            '完成值',
            '权重',
            '得分',
            '未完成原因分析',
          ],
          ['产出指标', '数量指标', '办结案件', '≥', 200, '件', 210, 22.5, 22.5, null],
          [null, '时效指标', '办结时限', '≤', 30, '天', '28天', 22.5, 22.5, null],
          [null, '质量指标', '回访率', '区间', '60-80', '%', '0.5亿条', 22.5, 0, null],
          ['效益指标', '社会效益指标', '法治意识', '定性', '提升', null, '达成预期指标', 22.5, 22.5, null],
          ['总分', null, null, null, null, null, null, 100, 77.5, null],
          ['评价结论', '良好'],
        ],
        [{ top: 11, left: 0, bottom: 13, right: 0 }],
      ),
    ),
  );

  test('is recognised, with its amounts in 元 by the remark', () => {
    expect(reading?.form).toBe('sichuan-project');
    expect(money(reading)).toEqual([
      ['财政资金', '30000000', '30000000', '29999950'],
      ['财政专户管理资金', '0', '0', '0'],
    ]);
    expect(reading?.goals.map(({ value }) => value)).toEqual(['办结案件 200 件']);
  });

  test('reads direction and unit from their columns, and refuses a value in another unit', () => {
    expect(indicators(reading)).toEqual([
      { name: '办结案件', class: 'OUTPUT/QUANTITY', target: 'AT_LEAST 200件', value: 'EQ 210', points: '22.5' },
      { name: '办结时限', class: 'OUTPUT/TIMELINESS', target: 'AT_MOST 30天', value: 'EQ 28', points: '22.5' },
      { name: '回访率', class: 'OUTPUT/QUALITY', target: 'RANGE 60%', value: undefined, points: '22.5' },
      { name: '法治意识', class: 'BENEFIT/SOCIAL', target: 'QUALITATIVE -', value: 'EQ 达成预期指标', points: '22.5' },
    ]);
    expect(refused).toEqual(['Sheet1!G14']);
  });
});

describe('the form of a department', () => {
  const rows = (amounts: readonly (string | number | null)[][]) => [
    ['部门整体支出绩效自评表'],
    ['部门名称', '441300-DSJ-市政务服务数据管理局', '预算年度', '2023年'],
    [
      '资金来源',
      '年初预算（元）',
      '年度预算调整',
      '调整后的预算（万元）',
      '全年执行数（万元）',
      '预算执行率%',
      '自评得分',
    ],
    ...amounts,
  ];
  const OF_INDICATORS = [
    '一级指标',
    '二级指标',
    '三级指标',
    '指标性质',
    '指标值',
    '度量单位',
    '实际完成值',
    '分值',
    '得分',
    '偏差原因分析及改进措施',
    '编码',
  ];

  test('is recognised over several sheets, and each column has its own unit', () => {
    const { reading, refused } = read(
      workbookOf(
        sheetOf(
          '资金',
          rows([
            ['一般公共预算资金', '96,898,800.00', null, 11238.79, '11238.79', null, null],
            ['合计', 96898800, 1914.2, 11604.08, 11604.08, null, null],
          ]),
        ),
        sheetOf('指标', [OF_INDICATORS, ['产出指标', '数量指标', '主机', '≥', 1338, '台', 1338, 5, 5, null, 'K21']]),
      ),
    );
    expect(reading?.form).toBe('department');
    expect(reading?.about.department?.value).toBe('441300-DSJ');
    expect(money(reading)).toEqual([['一般公共预算资金', '9689880000', '11238790000', '11238790000']]);
    expect(reading?.indicators.map(({ code }) => code)).toEqual(['K21']);
    expect(refused).toEqual([]);
  });

  test.each([
    ['an error', '#DIV/0!'],
    ['a negative amount', -5],
    ['a word', '约三百万'],
    ['a part of a fen', '0.0000001'],
  ])('refuses %s in place of an amount, and says why', (_what, amount) => {
    const { refused, said } = read(
      workbookOf(sheetOf('资金', rows([['单位资金', null, null, 1, amount, null, null]]))),
    );
    expect(refused).toEqual(['资金!E4']);
    expect(said['资金!E4']?.reason).toBeTruthy();
  });

  test('refuses two rows of the same source, and two of the same indicator', () => {
    const row = ['产出指标', '数量指标', '主机', '≥', 1, '台', 1, 5, 5, null, null];
    const { refused } = read(
      workbookOf(
        sheetOf(
          '资金',
          rows([
            ['单位资金', null, null, 1, 1, null, null],
            ['单位资金', null, null, 2, 2, null, null],
          ]),
        ),
        sheetOf('指标', [OF_INDICATORS, row, row]),
      ),
    );
    expect(refused).toEqual(['资金!A5', '指标!C3']);
  });
});

test('a file with none of the forms is none', () => {
  const rows = [
    ['凭证号', '金额'],
    ['1', 2],
  ];
  expect(finished(readForm(workbookOf(sheetOf('表', rows)), new CellAnswers()))).toBeUndefined();
});

test('every row may move and every sheet be renamed: the same is read', () => {
  const row = ['产出指标', '数量指标', '主机', '≥', 1, '台', 1, 5, 5, null];
  const other = ['产出指标', '质量指标', '可用率', '≥', 99, '%', 99.9, 5, 5, null];
  const titles = [
    '一级指标',
    '二级指标',
    '三级指标',
    '指标性质',
    '指标值',
    '度量单位',
    '完成值',
    '权重',
    '得分',
    '未完成原因分析',
  ];
  const read1 = read(workbookOf(sheetOf('甲', [titles, row, other]))).reading;
  const read2 = read(workbookOf(sheetOf('乙', [['说明'], [], titles, other, row]))).reading;
  expect(indicators(read2)).toEqual([...indicators(read1)!].reverse());
});

test('the reading pauses at every row', () => {
  const rows = Array.from({ length: 300 }, (_, row) => ['数量指标', `指标 ${row}`, '≥1', 1]);
  const work = readForm(workbookOf(sheetOf('表', [INDICATORS, ...rows])), new CellAnswers());
  let pauses = 0;
  while (work.next().done !== true) pauses++;
  expect(pauses).toBeGreaterThan(rows.length);
});

describe('texts that would keep a pattern busy', () => {
  const LONG = 20_000;
  const TEXTS = [
    `单位${' '.repeat(LONG)}x`,
    `（${' '.repeat(LONG)}x`,
    `${':'.repeat(LONG)}x`,
    `指标${' '.repeat(LONG)}x`,
    `达到${' '.repeat(LONG)}x`,
    `${'9'.repeat(LONG)}x`,
    `${'-'.repeat(LONG)}x`,
    `汉${' '.repeat(LONG)}-1`,
    `部门:${'-'.repeat(LONG)}x`,
  ];
  const sheets = TEXTS.map((text, index) => {
    const everywhere = (count: number) => Array.from({ length: count }, () => text);
    const head = [everywhere(3), ['主管部门', text], FUNDS, ['年度资金总额', ...everywhere(6)]];
    return sheetOf(String(index), [...head, INDICATORS, ['产出指标', '数量指标', ...everywhere(6)], everywhere(8)]);
  });

  test('are read at once', () => {
    const run = () => finished(readForm(workbookOf(...sheets), new CellAnswers()));
    // Only a pattern that takes more than linear time needs seconds for them.
    expect(runInNewContext('run()', { run }, { timeout: 10_000 })).toMatchObject({ form: 'national-project' });
  });
});

describe('a file that has more than one table', () => {
  const funds = (...amounts: number[]) => [
    FUNDS,
    ['年度资金总额', null, ...amounts],
    ['其中：本年财政拨款', null, ...amounts],
  ];

  test('of the same sources or indicators is refused, whatever its sheets are called', () => {
    const [first, copy] = ['2022', '2022 (2)'].map((name) => sheetOf(name, [...NATIONAL_HEAD, ...funds(1, 1, 1)]));
    expect(read(workbookOf(first!, copy!)).refused).toEqual(['2022 (2)!A6', '2022 (2)!A7']);
    const rows = [INDICATORS, ['产出指标', '数量指标', '云主机', '≥1', 1, 10]];
    expect(read(workbookOf(sheetOf('甲', rows), sheetOf('乙', rows))).refused).toEqual(['乙!C2']);
  });

  test('about another project or department is refused', () => {
    const other = [
      ['项目名称', '另一工程'],
      ['主管部门', '220-另一局'],
    ];
    const { refused } = read(workbookOf(sheetOf('甲', [...NATIONAL_HEAD, ...funds(1, 1, 1)]), sheetOf('乙', other)));
    expect(refused).toEqual(['乙!B1', '乙!B2']);
  });
});

describe('payments', () => {
  const MAPPING = readMapping(
    JSON.stringify({
      department: 'D1',
      fiscalYear: 2023,
      line: 'A',
      columns: { voucher: '凭证号', date: '日期', amount: '金额' },
    }),
  );
  const sheet = (name: string, ...rows: (string | number)[][]) => sheetOf(name, [['凭证号', '日期', '金额'], ...rows]);
  const payments = (...sheets: Sheet[]) => {
    const answers = new CellAnswers();
    const found = finished(readPayments(workbookOf(...sheets), MAPPING, answers));
    return { amounts: found?.map(({ amount }) => amount), refused: answers.hasRefusals, answers };
  };

  test.each([
    ['-100', -10_000n],
    ['－１００．５０', -10_050n],
    ['−100', -10_000n],
    ['（1,000.00）', -100_000n],
    ['¥-100', -10_000n],
    ['-￥0.01万元', -10_000n],
    ['人民币100元', 10_000n],
  ])('%s is read as people read it', (text, amount) => {
    expect(payments(sheet('表', ['1', '2023-03-05', text])).amounts).toEqual([amount]);
  });

  test.each(['-(100)', '--100', '0', '1.234', '壹佰元', '100-'])('%s is refused', (text) => {
    expect(payments(sheet('表', ['1', '2023-03-05', text]))).toMatchObject({ amounts: [], refused: true });
  });

  test('equal rows of one sheet are payments of their own; in another sheet they are refused as a copy', () => {
    const row = ['1', '2023-03-05', 5];
    expect(payments(sheet('1月', row, row), sheet('2月', ['2', '2023-03-05', 5]))).toMatchObject({
      amounts: [500n, 500n, 500n],
      refused: false,
    });
    expect(payments(sheet('1月', row), sheet('1月 (2)', row)).refused).toBe(true);
  });

  test('a hidden row is not read, and its cells say so', () => {
    const table = sheet('表', ['1', '2023-03-05', 5], ['2', '2023-03-05', 6]);
    const cells = table.cells.map((cell) => (cell.row === 2 ? { ...cell, isHidden: true as const } : cell));
    const { amounts, answers } = payments({ ...table, cells });
    expect(amounts).toEqual([500n]);
    expect(answers.of({ sheet: '表', cell: cells.at(-1)! })).toMatchObject({ warning: '隐藏的行' });
  });

  test('the serial number of a day without its format is refused, and the answer says what to do', () => {
    const table = sheet('表', ['1', 44_990, 5]);
    const { answers, refused } = payments(table);
    expect([refused, answers.of({ sheet: '表', cell: table.cells[4]! })?.reason]).toEqual([
      true,
      expect.stringContaining('设为日期格式'),
    ]);
  });
});

test('a word that every object has is no qualifier', () => {
  const rows = [INDICATORS, ['产出指标', '数量指标', '云主机', '≥1', 'constructor98', 10]];
  const { reading } = read(workbookOf(sheetOf('表', rows)));
  expect(reading?.indicators[0]?.observation).toBeUndefined();
});

test('a place in a merged area has the cell at its upper left, among thousands of areas', () => {
  const areas = Array.from({ length: 2_000 }, (_, n) => ({ top: 3 * n, left: 0, bottom: 3 * n + 1, right: 3 }));
  const rows = [[1], [], [], [2], [], []];
  const grid = finished(Grid.of(sheetOf('表', rows, areas)));
  const at = (row: number, column: number) => grid.at(row, column)?.cell.text;
  expect([at(0, 0), at(1, 3), at(2, 0), at(3, 2), at(4, 3), at(4, 4), at(5, 0)]).toEqual([
    '1',
    '1',
    undefined,
    '2',
    '2',
    undefined,
    undefined,
  ]);
});
