import { EventStore } from '../event-store/event-store';
import { LedgerReader } from './ledger-reader';
import { Lineages } from './lineage';
import { NodeKinds } from './nodes';
import { ScopeServices } from './scope';

/** What a request reads through. */
export interface RequestServices extends ScopeServices {
  readonly log: Pick<EventStore, 'head' | 'readAll'>;
  readonly reader: LedgerReader;
  /** Aborts if the client disconnects before the answer; undefined for services that all requests share. */
  readonly signal?: AbortSignal;
}

/** Services for reading that needs the features' lineages and nodes. */
export interface ReadingServices extends RequestServices {
  readonly lineages: Lineages;
  readonly nodes: NodeKinds;
}
