import { Policy } from '../../auth/policy';
import { Principal } from '../../auth/principal';
import { TemporalReader } from '../../read-model/temporal-store';
import { DerivedLists } from '../derived-lists';
import { Records } from '../records';
import { MaskedStore } from './masked-store';
import { Masking } from './masking';

/** Records that few callers read may be folded again more often than others. */
const MAX_CHANGES = 200_000;

/** What requests read through if their callers may not see details of persons. It shares nothing that is made from records with other requests. */
export class MaskedReading {
  readonly records: Records;
  readonly derived = new DerivedLists();

  constructor(
    store: TemporalReader,
    readonly masking: Masking,
    private readonly policy: Pick<Policy, 'readsDetails'>,
  ) {
    this.records = new Records(this.over(store), MAX_CHANGES);
  }

  /** The masking for a caller; undefined if it may see everything. */
  for(principal: Principal): Masking | undefined {
    return this.policy.readsDetails(principal) ? undefined : this.masking;
  }

  over(store: TemporalReader): TemporalReader {
    return new MaskedStore(store, this.masking);
  }

  forget(): void {
    this.records.forget();
    this.derived.forget();
  }
}
