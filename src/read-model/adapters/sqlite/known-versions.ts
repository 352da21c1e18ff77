import { LRUCache } from 'lru-cache';
import { CacheAsked, Telemetry } from '../../../kernel/telemetry';
import { firstIndex } from '../../../kernel/search';
import { DocumentKey } from '../../temporal-store';
import { HeldVersion } from './version-table';

/** Of one document, in the order of their positions. */
interface Known {
  readonly versions: HeldVersion[];
  readonly bytes: number;
}

const HIT: CacheAsked = { kind: 'cache-asked', cache: 'versions', found: true };
const MISS: CacheAsked = { kind: 'cache-asked', cache: 'versions', found: false };

/** What a version takes besides its state. */
const BYTES_PER_VERSION = 200;
/** One document takes at most this part of the cache. */
const MOST_OF_ONE = 1 / 16;

/**
 * The versions that were read lately. A version is found by its document and any position at which it is in force. That a version has a
 * successor never changes, so only the newest version of a document has to be forgotten, when the next one is written.
 */
export class KnownVersions {
  private readonly documents: LRUCache<DocumentKey, Known>;

  constructor(
    private readonly maxBytes: number,
    private readonly telemetry: Telemetry,
  ) {
    this.documents = new LRUCache({ maxSize: maxBytes, sizeCalculation: ({ bytes }) => bytes });
  }

  at(key: DocumentKey, position: bigint): HeldVersion | undefined {
    const found = this.find(key, position);
    this.telemetry.report(found === undefined ? MISS : HIT);
    return found;
  }

  add(key: DocumentKey, held: HeldVersion): void {
    const known = this.documents.get(key);
    const bytes = held.bytes + BYTES_PER_VERSION;
    const isFull = known === undefined || known.bytes + bytes > this.maxBytes * MOST_OF_ONE;
    const versions = isFull ? [] : known.versions;
    versions.splice(indexAfter(versions, held.version.position), 0, held);
    this.documents.set(key, { versions, bytes: isFull ? bytes : known.bytes + bytes });
  }

  /** The document has a new version. */
  written(key: DocumentKey): void {
    const known = this.documents.peek(key);
    const newest = known?.versions.at(-1);
    if (known === undefined || newest === undefined || newest.until !== undefined) return;
    known.versions.pop();
    if (known.versions.length === 0) this.documents.delete(key);
    else this.documents.set(key, { versions: known.versions, bytes: known.bytes - newest.bytes - BYTES_PER_VERSION });
  }

  clear(): void {
    this.documents.clear();
  }

  private find(key: DocumentKey, position: bigint): HeldVersion | undefined {
    const known = this.documents.get(key);
    if (known === undefined) return undefined;
    const held = known.versions[indexAfter(known.versions, position) - 1];
    return held !== undefined && (held.until === undefined || position < held.until) ? held : undefined;
  }
}

const indexAfter = (versions: readonly HeldVersion[], position: bigint): number =>
  firstIndex(versions.length, (index) => (versions[index] as HeldVersion).version.position > position);
