import { EventStore } from '../event-store/event-store';
import { LedgerReader } from './ledger-reader';
import { Lineages } from './lineage';
import { NodeKinds } from './nodes';
import { ScopeServices } from './scope';

/** What a request reads through. */
export interface RequestServices extends ScopeServices {
  readonly log: Pick<EventStore, 'head' | 'readAll'>;
  readonly reader: LedgerReader;
  /** Aborts if the client leaves before the answer; undefined for what is the same for all requests. */
  readonly signal?: AbortSignal;
}

/** What reading takes that knows the features. */
export interface ReadingServices extends RequestServices {
  readonly lineages: Lineages;
  readonly nodes: NodeKinds;
}
