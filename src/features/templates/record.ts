import { Fold } from '../../event-store/fold';
import { ScoringTemplatePublished, templateEventOf } from './events';

/** What is on record of a template: its newest version, and the number of its publications. */
export interface TemplateRecord {
  readonly newest: ScoringTemplatePublished;
  readonly version: number;
}

export const templateFold: Fold<TemplateRecord> = {
  entityType: 'SCORING_TEMPLATE',
  evolve: (record, stored) => ({ newest: templateEventOf(stored).data, version: (record?.version ?? 0) + 1 }),
};
