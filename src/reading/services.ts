import { AbortState } from '../kernel/async';
import { EventStore } from '../event-store/event-store';
import { Limits } from '../kernel/limits';
import { Patience } from '../kernel/patience';
import { LedgerHomes } from './departments/homes';
import { LedgerReader } from './ledger-reader';
import { Lineages } from './lineage';
import { RowCache } from './lists/row-cache';
import { MaskedReading } from './masking/masked-reading';
import { Masking } from './masking/masking';
import { NodeKinds } from './nodes';
import { ReadRecording } from './on-record/request-reads';
import { Records } from './records';
import { ScopeServices } from './scope';

/** What a request reads through. */
export interface RequestServices extends ScopeServices {
  readonly records: Records;
  readonly masked: MaskedReading;
  /** What the caller may not see; undefined if it may see everything, and for services that all requests share. */
  readonly masking?: Masking;
  readonly lists: RowCache;
  readonly log: Pick<EventStore, 'head' | 'readAll'>;
  readonly reader: LedgerReader;
  readonly limits: Limits;
  /** To which departments documents and collections belong. */
  readonly homes: LedgerHomes;
  /** With what reads are put on record; undefined: none are. */
  readonly readRecording?: ReadRecording;
  /** Aborts if the client disconnects before the answer; undefined for services that all requests share. */
  readonly signal?: AbortState;
  /** How long the request waits; undefined for services that all requests share. */
  readonly patience?: Patience;
}

/** Services for reading that needs the features' lineages and nodes. */
export interface ReadingServices extends RequestServices {
  readonly lineages: Lineages;
  readonly nodes: NodeKinds;
}
