import { ReportDocument, Row, Table } from '../../src/reports/document/block';
import { evaluationReport } from '../../src/reports/evaluation/report';
import { markdownOf } from '../../src/reports/formats/markdown';
import { source, YEAR } from './year';

const report = evaluationReport(YEAR);

const textOf = (row: Row): readonly string[] =>
  row.cells.map((cell) => cell.map((inline) => (typeof inline === 'string' ? inline : inline.text)).join(''));
const tableOf = ({ blocks }: ReportDocument, caption: string): Table => {
  const found = blocks.find((block): block is Table => block.kind === 'table' && block.caption.startsWith(caption));
  if (found === undefined) throw new Error(`no table ${caption}`);
  return found;
};
const rowsOf = (document: ReportDocument, caption: string) => tableOf(document, caption).rows.map(textOf);

describe('the report of an evaluation', () => {
  test('has the outline in which departments publish it', () => {
    const headings = report.blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []));
    expect(headings).toEqual([
      '一、部门基本情况',
      '（一）部门职能',
      '（二）年度总体工作和重点工作任务',
      '（三）部门整体支出绩效目标',
      '（四）部门整体支出情况',
      '二、绩效自评',
      '（一）自评结论',
      '（二）部门整体支出绩效指标分析',
      '1．预算编制情况',
      '2．预算执行情况',
      '3．预算使用效益',
      '（1）部门整体绩效目标实现情况',
      '（2）重点工作完成情况',
      '（3）支出的成本效益',
      '（三）部门整体支出绩效管理存在问题及改进意见',
      '三、其他自评情况',
      '如何核对本报告',
    ]);
  });

  test('shows amounts in 万元 to the fen', () => {
    expect(rowsOf(report, '预算明细与执行')).toEqual([
      ['政务云（L1）', '100.00', '+25.000001', '125.000001', '110.00', '88.00%'],
      ['合计', '100.00', '+25.000001', '125.000001', '110.00', '88.00%'],
    ]);
    expect(rowsOf(report, '预算调整')).toEqual([
      ['1', '2023-06-28', '追加', 'L1 +30.000001', '+30.000001', '130.000001', '预〔2023〕7号：扩容'],
      ['2', '2023-06-28', '追减', 'L1 -5.00', '-5.00', '125.000001', '预〔2023〕9号：压减'],
    ]);
    expect(rowsOf(report, '各月执行')).toEqual([
      ['1月', '0.00', '0.00', '0.00', '—', '8.33%'],
      ['2月', '110.00', '110.00', '125.000001', '88.00%', '16.67%'],
    ]);
  });

  test('shows qualifiers, targets, completion, and the tree of tasks', () => {
    expect(rowsOf(report, '绩效指标完成情况')).toEqual([
      ['产出', '质量', '接通率（K1）', '≥95%', '超过98%', '103.16%'],
    ]);
    expect(rowsOf(report, '重点工作完成情况')).toEqual([
      ['T1 一网通办', '已完成', '100%', '2023-12-31'],
      ['　T1-1 便民', '进行中', '62.5%', '—'],
    ]);
  });

  test('explains every score, and says what the template is', () => {
    expect(tableOf(report, '评分表').caption).toContain('第 1 版，非官方');
    expect(rowsOf(report, '评分表')).toEqual([
      ['预算执行情况', '40', '', '', ''],
      ['　支出率', '40', '40.00', '规则计算', '执行 125.000001 万元 ÷ 调整后预算 125.000001 万元'],
      ['满意度', '60', '不适用', '人工', '理由：没有依据'],
      ['总分', '100', '100.00', '', '适用的评分项分值合计 40 分，各项得分之和按 100 分折算。'],
    ]);
  });

  test('names the document and the position of each figure in a footnote', () => {
    const notes = markdownOf(report).match(/^\[\^\d+\]: .*$/gm) ?? [];
    const has = (text: string) => notes.filter((note) => note.includes(text)).length;
    expect(has('文号 预〔2023〕7号，账本位置 4，生效日 2023-06-28，更正见位置 6。')).toBe(1);
    expect(has('共 3 项支出、冲销或退款；最后登记的一项：无文号，账本位置 9')).toBeGreaterThan(0);
    expect(has('观测日 2023-12-31，无文号，账本位置 11')).toBe(1);
    const cells = tableOf(report, '预算明细与执行').rows.flatMap(({ cells }) => [cells[1], cells[2], cells[4]]);
    for (const cell of cells) expect(cell?.[0]).toMatchObject({ kind: 'figure', note: expect.any(String) });
  });

  test('tells how to make it again, with its moment', () => {
    const dated = {
      ...YEAR,
      moment: { ...YEAR.moment, effectiveAt: '2023-12-31T15:59:59.999Z', effectiveOn: '2023-12-31' },
    };
    const text = markdownOf(evaluationReport(dated));
    expect(text).toContain(
      '`mingjian report D1 2023 --position 321 --as-of 2023-12-31T15:59:59.999Z --out report.docx`',
    );
    expect(text).toContain('asOf(at: { position: "321", effectiveAt: "2023-12-31T15:59:59.999Z" })');
    expect(text).toContain('生效日截至 2023-12-31');
    expect(markdownOf(report)).toContain('生效日不限');
  });

  test('says what is not on record, and makes nothing up', () => {
    const { department, moment, fiscalYear } = YEAR;
    const empty = {
      department: { code: 'D1', name: '甲局', functions: [], nameSource: source(1) },
      tasks: [],
      indicators: [],
    };
    const text = markdownOf(evaluationReport({ ...empty, moment, fiscalYear }));
    for (const missing of ['职能', '任务', '绩效目标', '指标', '存在问题', '改进意见'])
      expect(text).toMatch(new RegExp(`账本没有记载(该年度的|部门)?${missing}`));
    expect(text).toContain('账本没有 2023 年度的预算');
    expect(text).toContain('账本没有该年度的自评');
    expect(text).not.toMatch(/NaN|undefined|null/);
    expect(markdownOf(evaluationReport({ ...YEAR, department }))).toContain('账本没有记载改进意见');
  });

  test('without a template, or with scores that are missing, says so', () => {
    const { evaluation } = YEAR;
    const without = markdownOf(evaluationReport({ ...YEAR, evaluation: { ...evaluation!, scores: undefined } }));
    expect(without).toContain('没有指定评分模板');
    const open = { ...evaluation!.scores!, total: null, submitted: false };
    const draft = markdownOf(evaluationReport({ ...YEAR, evaluation: { ...evaluation!, scores: open } }));
    expect(draft).toContain('没有总分');
    expect(draft).toContain('自评尚未提交');
  });

  test('of many adjustments, the last ones are one column of the chart', () => {
    const adjustments = Array.from({ length: 40 }, () => YEAR.budget!.adjustments[0]!);
    const many = evaluationReport({ ...YEAR, budget: { ...YEAR.budget!, adjustment: 1_200_000_040n, adjustments } });
    const [picture] = many.blocks.flatMap((block) => (block.kind === 'picture' ? [block.chart] : []));
    expect(picture?.columns).toHaveLength(14);
    expect(picture?.columns.at(-2)).toEqual({ label: '其余29项', value: '+870.000029' });
    expect(rowsOf(many, '预算调整')).toHaveLength(40);
  });
});
