import { Decimal } from '../kernel/decimal';

/** What a person says about a line. */
export interface Judgement {
  /** In points of the line. */
  readonly score?: Decimal;
  readonly notApplicable?: boolean;
  /** The codes of the items of a checklist that are met. */
  readonly met?: readonly string[];
  readonly reason?: string;
  readonly deviationReason?: string;
  readonly improvement?: string;
}
