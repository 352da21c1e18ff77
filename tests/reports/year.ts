import { YearFigures } from '../../src/figures/year-figures';
import { Source, SourceOfSum } from '../../src/figures/source';

export const source = (position: number, documentNo?: string): Source => ({
  position: String(position),
  documentNo,
  effectiveOn: '2023-06-28',
});

export const sum = (count: number, last: Source): SourceOfSum => ({ count, last });

const NONE = { count: 0 };

/** A small year in which every part has something. */
export const YEAR: YearFigures = {
  moment: {
    position: '321',
    recordedAt: '2024-04-12T02:00:00.000Z',
    recordedOn: '2024-04-12',
    timeZone: 'Asia/Shanghai',
  },
  fiscalYear: 2023,
  department: {
    code: 'D1',
    name: '甲局',
    nameSource: source(1),
    level: '正处级',
    levelSource: source(1),
    functions: ['统筹数字政府'],
    functionsSource: source(1),
  },
  budget: {
    opening: 100_000_000n,
    adjustment: 25_000_001n,
    executed: 110_000_000n,
    goals: ['一网通办'],
    approval: source(2, '预〔2023〕1号'),
    closed: true,
    sources: {
      opening: sum(1, source(2, '预〔2023〕1号')),
      adjustment: sum(2, source(5, '预〔2023〕9号')),
      executed: sum(3, source(9)),
    },
    lines: [
      {
        code: 'L1',
        name: '政务云',
        fundSource: 'GENERAL_PUBLIC_BUDGET',
        vintage: 'CURRENT_YEAR',
        expenditureKind: 'PROJECT_SPECIFIC',
        opening: 100_000_000n,
        adjustment: 25_000_001n,
        executed: 110_000_000n,
        sources: { opening: NONE, adjustment: NONE, executed: sum(3, source(9)) },
      },
    ],
    adjustments: [
      {
        kind: 'SUPPLEMENT',
        withdrawn: false,
        amount: 30_000_001n,
        revisedAfter: 130_000_001n,
        legs: [{ line: 'L1', amount: 30_000_001n }],
        source: { ...source(4, '预〔2023〕7号'), reason: '扩容', corrections: ['6'] },
      },
      {
        kind: 'REDUCTION',
        withdrawn: false,
        amount: -5_000_000n,
        revisedAfter: 125_000_001n,
        legs: [{ line: 'L1', amount: -5_000_000n }],
        source: { ...source(5, '预〔2023〕9号'), reason: '压减' },
      },
    ],
    months: [
      { month: 1, executed: 0n, executedSoFar: 0n, revised: 0n, source: NONE },
      {
        month: 2,
        executed: 110_000_000n,
        executedSoFar: 110_000_000n,
        revised: 125_000_001n,
        source: sum(3, source(9)),
      },
    ],
  },
  tasks: [
    {
      code: 'T1',
      title: '一网通办',
      status: 'COMPLETED',
      progress: '100',
      completedOn: '2023-12-31',
      planned: source(3),
      source: source(10),
    },
    {
      code: 'T1-1',
      title: '便民',
      parent: 'T1',
      status: 'IN_PROGRESS',
      progress: '62.5',
      planned: source(3),
      source: source(8),
    },
  ],
  indicators: [
    {
      code: 'K1',
      name: '接通率',
      level1: 'OUTPUT',
      level2: 'QUALITY',
      direction: 'AT_LEAST',
      unit: '%',
      target: '95',
      retired: false,
      completion: '103.16',
      latest: {
        changeId: 'e',
        position: '11',
        observedOn: '2023-12-31',
        value: '98',
        qualifier: 'GT',
        corrected: false,
      },
      defined: source(7),
      targetSource: source(7),
      valueSource: source(11),
    },
  ],
  evaluation: {
    status: 'PUBLISHED',
    round: 2,
    selfScore: '97.63',
    selfScoreSource: source(12),
    grade: 'EXCELLENT',
    conclusion: '达到预期',
    conclusionSource: source(12),
    problems: ['数据共享不足'],
    problemsSource: source(12),
    improvements: [],
    scores: {
      template: { code: 'demo-gd-A', version: 1, name: '示例模板', unofficial: true },
      total: '100.00',
      submitted: true,
      scoredAt: '13',
      lines: [
        {
          line: { code: 'execution', name: '预算执行情况', points: '40', reasonBelowFull: false },
          level: 1,
          source: NONE,
        },
        {
          line: {
            code: 'rate',
            parent: 'execution',
            name: '支出率',
            points: '40',
            reasonBelowFull: true,
            rule: 'EXECUTION_RATE',
            parameters: { denominator: 'REVISED' },
          },
          level: 2,
          score: {
            line: 'rate',
            applicable: true,
            source: 'COMPUTED',
            score: '40.00',
            inputs: { denominator: 'REVISED', opening: '1000000.00', revised: '1250000.01', executed: '1250000.01' },
          },
          source: sum(5, source(9)),
        },
        {
          line: {
            code: 'satisfied',
            name: '满意度',
            points: '60',
            reasonBelowFull: true,
            rule: 'RATIO',
            parameters: {},
          },
          level: 1,
          score: {
            line: 'satisfied',
            applicable: false,
            source: 'PERSON',
            inputs: {},
            reason: '没有依据',
          },
          source: sum(1, source(13)),
        },
      ],
    },
    steps: [
      {
        type: 'EvaluationSubmitted',
        recordedOn: '2024-03-05',
        actor: '张编辑',
        source: { ...source(12), reason: '提交' },
      },
    ],
  },
};
