import { YearFigures } from '../../src/figures/year-figures';
import { comparisonReport } from '../../src/reports/comparison/report';
import { markdownOf } from '../../src/reports/formats/markdown';
import { source, YEAR } from './year';

const { budget, evaluation } = YEAR;
const [, rate, satisfied] = evaluation!.scores!.lines;
const before: YearFigures = {
  ...YEAR,
  moment: { ...YEAR.moment, position: '300', recordedOn: '2024-03-05' },
  budget: { ...budget!, executed: 100_000_000n },
  indicators: [{ ...YEAR.indicators[0]!, latest: { ...YEAR.indicators[0]!.latest!, value: '97.4' } }],
  evaluation: {
    ...evaluation!,
    status: 'SUBMITTED',
    round: 1,
    problems: [],
    scores: { ...evaluation!.scores!, lines: [{ ...rate!, score: { ...rate!.score!, score: '38.00' } }, satisfied!] },
  },
};
const change = {
  type: 'EvaluationSubmitted',
  entity: 'D1.2023',
  recordedOn: '2024-03-19',
  actor: '张编辑',
  source: { ...source(310), reason: '补写问题' },
};

const textOf = (from: YearFigures, to: YearFigures, changes = [change]) =>
  markdownOf(comparisonReport({ from, to, changes })).replace(/\[\^\d+\](?!:)/g, '');

describe('a comparison of two moments', () => {
  const text = textOf(before, YEAR);

  test('shows what changed of totals, scores, indicators and texts', () => {
    expect(text).toContain('| 全年执行 | 100.00 | 110.00 | +10.00 |');
    expect(text).toContain('| 年初预算 | 100.00 | 100.00 | — |');
    expect(text).toContain('| 自评状态 | 已提交，第 1 轮 | 已公开，第 2 轮 | 有变化 |');
    expect(text).toContain('| 自评得分 | 97.63 | 97.63 | — |');
    expect(text).toContain('| 支出率 | 40 | 38.00 | 40.00 |');
    expect(text).not.toContain('| 满意度 |');
    expect(text).toContain('| 接通率（K1） | ≥95% | ≥95% | 超过97.4% | 超过98% |');
    expect(text).toContain('| 存在问题 | — | 数据共享不足 |');
  });

  test('shows each change that makes the difference, and why it was made', () => {
    expect(text).toContain('| 310 | 2024-03-19 | 提交自评 | D1.2023 | 张编辑 | 补写问题 |');
    expect(text).toContain('`mingjian report D1 2023 --from 300 --to 321 --out report.docx`');
  });

  test('of the same figures says that nothing changed', () => {
    const same = textOf(YEAR, YEAR, []);
    for (const part of ['评分项的得分与理由', '指标', '结论、问题与改进意见'])
      expect(same).toContain(`${part}没有变化。`);
    expect(same).toContain('没有影响本年度的变更');
  });

  test('with a year that had nothing yet', () => {
    const { department, moment, fiscalYear } = YEAR;
    const empty = textOf({ department, moment, fiscalYear, tasks: [], indicators: [] }, YEAR);
    expect(empty).toContain('| 全年执行 | — | 110.00 | — |');
    expect(empty).toContain('接通率（K1）（新增）');
  });
});
