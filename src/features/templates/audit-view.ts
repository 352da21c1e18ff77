import { AuditView } from '../../audit/audit-view';
import { Json } from '../../kernel/json';
import { TemplateLine } from './events';
import { TemplateView } from './views';

export const auditViewOfTemplate = (template: TemplateView): AuditView => ({
  code: template.code,
  version: template.version,
  name: template.name,
  department: { code: template.department },
  unofficial: template.unofficial,
  lines: template.lines.map(auditViewOfLine),
  totalPoints: template.totalPoints,
});

const auditViewOfLine = (line: TemplateLine): AuditView => ({
  code: line.code,
  parent: line.parent ?? null,
  name: line.name,
  points: line.points,
  rule: line.rule ?? null,
  parameters: line.rule === undefined ? {} : (line.parameters as Json),
  reasonBelowFull: line.reasonBelowFull,
});
