import { AuditView } from '../../audit/audit-view';
import { completionRate } from './completion';
import { reached } from './reached';
import { IndicatorView, ObservationView } from './views';

/** With only the latest observation: every other observation is traced by its own change and its corrections. */
export const auditViewOfIndicator = (indicator: IndicatorView): AuditView => ({
  code: indicator.code,
  department: { code: indicator.department },
  fiscalYear: indicator.fiscalYear,
  task: indicator.task === undefined ? null : { code: indicator.task },
  name: indicator.name,
  level1: indicator.level1,
  level2: indicator.level2,
  direction: indicator.direction,
  unit: indicator.unit ?? null,
  baseline: indicator.baseline ?? null,
  target: indicator.target ?? null,
  targetUpper: indicator.targetUpper ?? null,
  points: indicator.points ?? null,
  latest: indicator.latest === undefined ? null : auditViewOfObservation(indicator.latest),
  completionRate: completionRate(indicator),
  reached: reached(indicator),
  retired: indicator.retired,
});

const auditViewOfObservation = ({
  observedOn,
  value,
  text,
  qualifier,
  source,
  corrected,
}: ObservationView): AuditView => ({
  observedOn,
  value: value ?? null,
  text: text ?? null,
  qualifier,
  source: source ?? null,
  corrected,
});
