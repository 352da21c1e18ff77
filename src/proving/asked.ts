import { EntityName } from '../kernel/codes';
import { AsOf } from '../reading/ledger-reader';

/** What evidence is asked for. */
export type Asked = (
  | { readonly kind: 'STATE'; readonly about: About; readonly at: AsOf }
  | { readonly kind: 'DIFFERENCE'; readonly about: About; readonly from: AsOf; readonly to: AsOf }
  | { readonly kind: 'CHANGE'; readonly position: bigint }
) & {
  /** Sizes of checkpoints that whoever asks has kept. */
  readonly keptSizes: readonly bigint[];
};

export type About = EntityName | { readonly department: string; readonly fiscalYear: number };
