import { templateDecider } from '../../../src/features/templates/decider';
import { ScoringTemplatePublished, TemplateLine } from '../../../src/features/templates/events';
import { DatedFact, specificationOf } from '../../support/specification';

/** Publications of one template, T1 of the department D1. */

export const manual = (code: string, points: string, parent?: string): TemplateLine => ({
  code,
  ...(parent === undefined ? {} : { parent }),
  name: code,
  points,
  rule: 'MANUAL',
  parameters: {},
  reasonBelowFull: false,
});

export const heading = (code: string, points: string, parent?: string): TemplateLine => ({
  code,
  ...(parent === undefined ? {} : { parent }),
  name: code,
  points,
  reasonBelowFull: false,
});

export const template = (lines: readonly TemplateLine[], change: object = {}): ScoringTemplatePublished => ({
  code: 'T1',
  department: 'D1',
  name: '模板',
  unofficial: true,
  lines,
  ...change,
});

export const published = (lines: readonly TemplateLine[], on: string): DatedFact => ({
  type: 'ScoringTemplatePublished',
  data: template(lines),
  on,
});

export const { recordOf, given } = specificationOf(templateDecider, {
  today: '2024-06-30',
  existing: [
    { entityType: 'DEPARTMENT', code: 'D1' },
    { entityType: 'DEPARTMENT', code: 'D2' },
  ],
});
