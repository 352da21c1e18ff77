import { EvidenceChecker } from '../../proving/checker';
import { MemoryTemporalStore } from '../../read-model/adapters/memory';
import { features } from '../features';

/** Checks evidence with the rules of this program. */
export const evidenceChecker = (): EvidenceChecker => new EvidenceChecker(features, () => new MemoryTemporalStore());
