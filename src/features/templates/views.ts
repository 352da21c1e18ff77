import { Decimal } from '../../kernel/decimal';
import { ScoringTemplatePublished } from './events';
import { TemplateRecord } from './record';
import { pointsOf } from './totals';

export interface TemplateView extends ScoringTemplatePublished {
  readonly version: number;
  readonly totalPoints: Decimal;
}

/** The newest version on record, whatever the effective moment: a template is chosen by its version, not by a date. */
export const viewTemplate = ({ newest, version }: TemplateRecord): TemplateView => ({
  ...newest,
  version,
  totalPoints: pointsOf(newest.lines.filter(({ parent }) => parent === undefined)),
});
