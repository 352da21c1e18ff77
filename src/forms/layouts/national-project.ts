import { CODE_COLUMN, FISCAL_SOURCES, LEVELS, PROJECT_HEADER, TOTAL_OF_POINTS } from './common';
import { FormLayout } from './layout';

/** 项目支出绩效自评表 */
export const NATIONAL_PROJECT: FormLayout = {
  id: 'national-project',
  title: '项目支出绩效自评表',
  header: PROJECT_HEADER,
  parts: [
    {
      kind: 'funds',
      heading: '项目资金（万元）',
      unit: 'WAN_YUAN',
      columns: [
        { role: 'source', title: '资金', also: ['资金来源', '项目资金'], width: 24 },
        { role: 'opening', title: '年初预算数', also: ['年初预算'], width: 14 },
        { role: 'revised', title: '全年预算数(A)', also: ['全年预算数', '全年预算', '调整后预算数'], width: 14 },
        { role: 'executed', title: '全年执行数(B)', also: ['全年执行数', '预算执行数', '全年支出数'], width: 14 },
        { role: 'points', title: '分值', also: ['权重'], width: 8 },
        { role: 'rate', title: '执行率(B/A)', also: ['执行率', '预算执行率'], width: 12 },
        { role: 'score', title: '得分', width: 8 },
        CODE_COLUMN,
      ],
      rows: [
        { title: '年度资金总额', also: ['资金总额', '合计', '总额'] },
        {
          title: '其中：本年财政拨款',
          also: ['本年财政拨款', '当年财政拨款', '财政拨款'],
          lines: { fundSources: FISCAL_SOURCES, vintages: ['CURRENT_YEAR'] },
        },
        {
          title: '上年结转资金',
          also: ['上年结转', '结转资金'],
          lines: {
            fundSources: [...FISCAL_SOURCES, 'FISCAL_SPECIAL_ACCOUNT', 'UNIT_FUNDS', 'UNATTRIBUTED'],
            vintages: ['CARRIED_OVER'],
          },
        },
        {
          title: '其他资金',
          also: ['其它资金'],
          lines: { fundSources: ['UNATTRIBUTED', 'UNIT_FUNDS', 'FISCAL_SPECIAL_ACCOUNT'], vintages: ['CURRENT_YEAR'] },
        },
      ],
    },
    {
      kind: 'goals',
      heading: '年度总体目标',
      expected: { title: '预期目标', also: ['年初设定目标'] },
      achieved: { title: '实际完成情况', also: ['目标实际完成情况', '全年实际完成情况'] },
    },
    {
      kind: 'indicators',
      heading: '绩效指标',
      columns: [
        ...LEVELS,
        { role: 'target', title: '年度指标值', also: ['指标值', '年初指标值', '目标值'], width: 16 },
        { role: 'value', title: '实际完成值', also: ['完成值', '全年完成值', '全年实际值'], width: 16 },
        { role: 'points', title: '分值', also: ['权重'], width: 8 },
        { role: 'score', title: '得分', also: ['自评得分'], width: 8 },
        { role: 'reason', title: '偏差原因分析及改进措施', also: ['偏差原因', '未完成原因分析'], width: 32 },
        CODE_COLUMN,
      ],
      total: TOTAL_OF_POINTS,
    },
  ],
};
