import { FundSource } from '../../features/budgets/events';
import { CODE_COLUMN, DEPARTMENT_HEADER, LEVELS, TOTAL_OF_POINTS } from './common';
import { FormLayout, FundRow } from './layout';

const fromSource = (title: string, fundSource: FundSource, ...also: readonly string[]): FundRow => ({
  title,
  also,
  lines: { fundSources: [fundSource], vintages: ['CURRENT_YEAR', 'CARRIED_OVER'] },
});

/** 部门整体支出绩效自评表 */
export const DEPARTMENT: FormLayout = {
  id: 'department',
  title: '部门整体支出绩效自评表',
  header: DEPARTMENT_HEADER,
  parts: [
    {
      kind: 'funds',
      sheet: '预算执行情况',
      heading: '预算执行情况（万元）',
      unit: 'WAN_YUAN',
      columns: [
        { role: 'source', title: '资金来源', also: ['资金性质'], width: 28 },
        { role: 'opening', title: '年初预算', also: ['年初预算数'], width: 14 },
        { role: 'adjustment', title: '年度预算调整', also: ['预算调整', '年中调整'], width: 14 },
        { role: 'revised', title: '调整后的预算', also: ['调整后预算', '全年预算数'], width: 14 },
        { role: 'executed', title: '全年执行数', also: ['累计支出', '预算执行数'], width: 14 },
        { role: 'rate', title: '预算执行率%', also: ['预算执行率', '执行率'], width: 12 },
        { role: 'score', title: '自评得分', also: ['得分'], width: 10 },
        CODE_COLUMN,
      ],
      rows: [
        { title: '合计', also: ['总额', '年度资金总额', '部门整体支出合计', '总计'] },
        fromSource('一般公共预算资金', 'GENERAL_PUBLIC_BUDGET', '一般公共预算', '一般公共预算财政拨款'),
        fromSource('政府性基金预算资金', 'GOVERNMENT_FUND', '政府性基金', '政府性基金预算财政拨款'),
        fromSource('国有资本经营预算资金', 'STATE_CAPITAL_OPERATION', '国有资本经营预算'),
        fromSource('社会保险基金预算资金', 'SOCIAL_INSURANCE_FUND', '社会保险基金预算'),
        fromSource('财政专户管理资金', 'FISCAL_SPECIAL_ACCOUNT'),
        fromSource('单位资金', 'UNIT_FUNDS'),
        fromSource('其他资金', 'UNATTRIBUTED', '未注明', '其它资金'),
      ],
    },
    {
      kind: 'goals',
      sheet: '年度绩效目标',
      heading: '年度绩效目标',
      expected: { title: '年度绩效目标', also: ['绩效目标'] },
      achieved: { title: '实际完成情况' },
    },
    {
      kind: 'tasks',
      sheet: '年度主要任务',
      heading: '年度主要任务',
      columns: [
        { role: 'name', title: '任务名称', width: 24 },
        { role: 'content', title: '主要内容', width: 48 },
        { role: 'budget', title: '预算', also: ['预算数'], width: 14 },
        { role: 'executed', title: '执行', also: ['执行数'], width: 14 },
        CODE_COLUMN,
      ],
    },
    {
      kind: 'indicators',
      sheet: '指标完成情况',
      heading: '指标完成情况',
      columns: [
        ...LEVELS,
        { role: 'direction', title: '指标性质', width: 10 },
        { role: 'target', title: '指标值', also: ['年度指标值'], width: 12 },
        { role: 'unit', title: '度量单位', also: ['计量单位', '单位'], width: 10 },
        { role: 'value', title: '实际完成值', also: ['完成值'], width: 14 },
        { role: 'points', title: '分值', also: ['权重'], width: 8 },
        { role: 'score', title: '得分', also: ['自评得分'], width: 8 },
        { role: 'reason', title: '偏差原因分析及改进措施', also: ['偏差原因'], width: 32 },
        CODE_COLUMN,
      ],
      total: TOTAL_OF_POINTS,
    },
    {
      kind: 'notes',
      sheet: '自评补充信息',
      heading: '自评补充信息',
      notes: [{ title: '偏差' }, { title: '整改措施及建议' }, { title: '其他需说明问题' }],
    },
  ],
};
