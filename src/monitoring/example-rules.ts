import { AlertRules } from './rules';

const SICHUAN = '四川 2025 年绩效监控规则（二手摘要，未见原文）';

/** What counts if the operator names no rules. */
export const EXAMPLE_RULES: AlertRules = {
  name: '示例预警规则',
  example: true,
  rules: [
    {
      id: 'spending',
      level: 'YELLOW',
      kind: 'SPENDING_BELOW',
      milestones: [
        { by: '04-30', percent: '25' },
        { by: '06-30', percent: '40' },
        { by: '08-31', percent: '60' },
        { by: '10-31', percent: '80' },
      ],
      source: SICHUAN,
    },
    { id: 'progress-gap', level: 'YELLOW', kind: 'PROGRESS_GAP_OVER', points: '10', source: SICHUAN },
    { id: 'overrun', level: 'RED', kind: 'LINE_OVERRUN', source: '本系统示例，无外部依据' },
  ],
};
