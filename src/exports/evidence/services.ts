import { Categories } from '../../event-store/streams';
import { EvidenceSource } from '../../proving/evidence-maker';

/** What evidence is made from. */
export interface EvidenceTerms {
  readonly categories: Categories;
  /** undefined if this process has no tree of the log. */
  readonly source: EvidenceSource | undefined;
}
