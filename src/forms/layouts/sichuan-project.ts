import { CODE_COLUMN, FISCAL_SOURCES, LEVELS, PROJECT_HEADER, TOTAL_OF_POINTS } from './common';
import { FormLayout } from './layout';

const BOTH = ['CURRENT_YEAR', 'CARRIED_OVER'] as const;

/** 部门预算项目支出绩效自评表, the variant of Sichuan */
export const SICHUAN_PROJECT: FormLayout = {
  id: 'sichuan-project',
  title: '部门预算项目支出绩效自评表',
  header: PROJECT_HEADER,
  parts: [
    {
      kind: 'goals',
      heading: '项目基本情况',
      expected: { title: '年度目标', also: ['项目年度目标'] },
      achieved: { title: '年度目标完成情况', also: ['完成情况', '目标完成情况'] },
    },
    {
      kind: 'funds',
      heading: '预算执行情况（10分，万元）',
      unit: 'WAN_YUAN',
      columns: [
        { role: 'source', title: '资金', also: ['资金来源', '预算资金'], width: 22 },
        { role: 'opening', title: '年初预算', also: ['年初预算数'], width: 14 },
        { role: 'revised', title: '调整后预算数', also: ['调整后预算', '全年预算数'], width: 14 },
        { role: 'executed', title: '预算执行数', also: ['执行数', '全年执行数'], width: 14 },
        { role: 'rate', title: '预算执行率', also: ['执行率'], width: 12 },
        { role: 'points', title: '权重', also: ['分值'], width: 8 },
        { role: 'score', title: '得分', width: 8 },
        { role: 'reason', title: '原因', also: ['偏差原因', '未完成原因'], width: 24 },
        CODE_COLUMN,
      ],
      rows: [
        { title: '总额', also: ['资金总额', '年度资金总额', '合计'] },
        { title: '财政资金', also: ['其中：财政资金'], lines: { fundSources: FISCAL_SOURCES, vintages: BOTH } },
        { title: '财政专户管理资金', lines: { fundSources: ['FISCAL_SPECIAL_ACCOUNT'], vintages: BOTH } },
        { title: '单位资金', lines: { fundSources: ['UNIT_FUNDS'], vintages: BOTH } },
        { title: '其他资金', also: ['其它资金'], lines: { fundSources: ['UNATTRIBUTED'], vintages: BOTH } },
      ],
    },
    {
      kind: 'indicators',
      heading: '绩效指标（90分）',
      columns: [
        ...LEVELS,
        { role: 'direction', title: '指标性质', width: 10 },
        { role: 'target', title: '指标值', also: ['年度指标值'], width: 12 },
        { role: 'unit', title: '度量单位', also: ['计量单位', '单位'], width: 10 },
        { role: 'value', title: '完成值', also: ['实际完成值'], width: 14 },
        { role: 'points', title: '权重', also: ['分值'], width: 8 },
        { role: 'score', title: '得分', width: 8 },
        { role: 'reason', title: '未完成原因分析', also: ['偏差原因分析及改进措施'], width: 32 },
        CODE_COLUMN,
      ],
      total: TOTAL_OF_POINTS,
    },
    {
      kind: 'notes',
      heading: '评价结论与改进',
      notes: [
        { title: '评价结论' },
        { title: '存在问题' },
        { title: '改进措施' },
        { title: '项目负责人' },
        { title: '财务负责人' },
      ],
    },
  ],
};
