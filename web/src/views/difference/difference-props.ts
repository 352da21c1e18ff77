import { DifferenceQuery } from '../../generated/documents';
import { Moment } from '../../moment/moment';

export type EntityDifference = NonNullable<DifferenceQuery['diff']>['nodes'][number];

export interface DifferenceProps {
  readonly difference: EntityDifference;
  readonly from: Moment;
  readonly to: Moment;
}
