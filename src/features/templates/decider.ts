import { Decider, DecisionOf } from '../../command-handling/decider';
import { conflict, notFound, ok } from '../../kernel/refusal';
import { ScoringTemplateEvent, ScoringTemplatePublished } from './events';
import { templateFold, TemplateRecord } from './record';
import { ruleViolation } from './rules';
import { wrongTotal } from './totals';

export interface TemplateCommand {
  readonly kind: 'publish';
  readonly template: ScoringTemplatePublished;
}

export const templateDecider: Decider<TemplateRecord, TemplateCommand> = {
  ...templateFold,
  departmentOf: (record, { template }) => record?.newest.department ?? template.department,
  references: ({ template }) => [{ entityType: 'DEPARTMENT', code: template.department }],
  decide(record, { template }, context): DecisionOf<ScoringTemplateEvent> {
    const { code, department, lines } = template;
    if (record !== undefined && record.newest.department !== department) {
      return conflict(`Template ${code} belongs to another department`);
    }
    if (!context.exists({ entityType: 'DEPARTMENT', code: department })) {
      return notFound(`There is no department ${department}`);
    }
    const wrong = wrongTotal(lines);
    if (wrong !== undefined) return ruleViolation('TEMPLATE_TOTAL', wrong);
    return ok([{ type: 'ScoringTemplatePublished', data: template }]);
  },
};
