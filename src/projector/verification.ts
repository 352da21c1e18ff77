import { isDeepStrictEqual } from 'node:util';
import { StoredEvent } from '../event-store/envelope';
import { EventStore } from '../event-store/event-store';
import { EntityName } from '../kernel/codes';
import { DamagedReadModels } from '../kernel/outage';
import { BEFORE_ALL, Change, LogPoint, pointAfter } from '../read-model/change';
import {
  DocumentKey,
  documentKey,
  ProjectedChange,
  VersionRange,
  TemporalReader,
  Version,
} from '../read-model/temporal-store';
import { Projecting, ProjectingOptions } from './projecting';

export interface VerificationOptions extends ProjectingOptions {
  readonly log: Pick<EventStore, 'readAll' | 'readStream'>;
  readonly store: TemporalReader;
  /** Both are compared up to here: a watermark of the store. */
  readonly upTo: LogPoint;
}

/** A difference between the read models and a new fold of the log. */
export interface Difference {
  /** For example `document BUDGET/441300-DSJ.2023 at position 17`. */
  readonly where: string;
  /** A JSON Pointer to what differs; empty if one side lacks the whole. */
  readonly path: string;
  readonly log: unknown;
  readonly readModels: unknown;
}

export interface VerificationProgress {
  /** How many events have been compared. */
  readonly events: number;
  readonly position: bigint;
}

const BATCH = 500;

/** Folds the whole log again, and compares everything in the read models with the result. */
export async function* verifyAll(
  options: VerificationOptions,
  onProgress: (progress: VerificationProgress) => void = () => undefined,
): AsyncIterable<Difference> {
  const { store, log, upTo } = options;
  const projecting = new Projecting(options);
  const collections = new Collections(store);
  const newest = new Map<DocumentKey, bigint>();
  let point = BEFORE_ALL;
  let events = 0;

  async function* compare(batch: readonly ProjectedChange[], after: bigint): AsyncIterable<Difference> {
    const last = point.position;
    yield* compareChanges(store, { after, upTo: last }, batch);
    for (const [key, versions] of versionsIn(batch)) {
      yield* compareVersions(key, await store.walk(key, { after, upTo: last }), versions);
      newest.set(key, (versions.at(-1) as Version).position);
    }
    yield* collections.compareJoined(batch);
    onProgress({ events, position: last });
  }

  let batch: ProjectedChange[] = [];
  let after = 0n;
  for await (const event of log.readAll(0n)) {
    if (event.position > upTo.position) break;
    const projected = await projecting.project(event, point);
    batch.push(projected);
    point = pointAfter(projected.change);
    events++;
    if (batch.length === BATCH) {
      yield* compare(batch, after);
      batch = [];
      after = point.position;
    }
  }
  if (batch.length > 0) yield* compare(batch, after);

  if (!isDeepStrictEqual(point, upTo))
    yield { where: 'watermark', path: '', log: plain(point), readModels: plain(upTo) };
  yield* compareNewest(store, newest, upTo.position);
  yield* collections.compareWhole(upTo.position);
}

/**
 * Folds the streams of single entities again, and compares their documents and changes. A change's order in the whole log
 * cannot be derived from them; it is compared with what the read models say elsewhere.
 */
export async function* verifyEntities(
  options: VerificationOptions,
  entities: Iterable<EntityName>,
): AsyncIterable<Difference> {
  const { log, store, streams, upTo } = options;
  for (const entity of entities) {
    const projecting = new Projecting(options);
    const changes: ProjectedChange[] = [];
    for await (const event of log.readStream(streams.streamOf(entity))) {
      if (event.position > upTo.position) break;
      changes.push(await projecting.project(event, await pointBefore(store, event)));
    }
    const own: [DocumentKey, readonly Version[]] = [documentKey(entity.entityType, entity.code), []];
    for (const [key, versions] of new Map([own, ...versionsIn(changes)])) {
      yield* compareVersions(key, await store.walk(key, { after: 0n, upTo: upTo.position }), versions);
    }
  }
}

async function pointBefore(store: TemporalReader, event: StoredEvent): Promise<LogPoint> {
  return store.pointAt({ position: event.position - 1n });
}

/** The versions that the changes make, per document. */
function versionsIn(batch: readonly ProjectedChange[]): ReadonlyMap<DocumentKey, readonly Version[]> {
  const found = new Map<DocumentKey, Version[]>();
  for (const { change, documents } of batch) {
    const { position } = change.event;
    for (const { key, revision, state, carriesChange } of documents) {
      const version = { position, revision, state, ...(carriesChange ? { change } : {}) };
      const versions = found.get(key);
      if (versions === undefined) found.set(key, [version]);
      else versions.push(version);
    }
  }
  return found;
}

async function* compareChanges(
  store: TemporalReader,
  range: VersionRange,
  batch: readonly ProjectedChange[],
): AsyncIterable<Difference> {
  let found: readonly Change[];
  try {
    found = await store.changes(range);
  } catch (error) {
    if (!(error instanceof DamagedReadModels)) throw error;
    const where = `changes at positions ${String(range.after + 1n)} to ${String(range.upTo)}`;
    yield { where, path: '', log: `${batch.length} changes`, readModels: error.message };
    return;
  }
  const inLog = new Map(batch.map(({ change }) => [change.event.position, change]));
  const inStore = new Map(found.map((change) => [change.event.position, change]));
  for (const position of new Set([...inLog.keys(), ...inStore.keys()])) {
    yield* differences(`change at position ${String(position)}`, inLog.get(position), inStore.get(position));
  }
}

function* compareVersions(
  key: DocumentKey,
  found: readonly Version[],
  expected: readonly Version[],
): Iterable<Difference> {
  const inLog = new Map(expected.map((version) => [version.position, version]));
  const inStore = new Map(found.map((version) => [version.position, version]));
  for (const position of new Set([...inLog.keys(), ...inStore.keys()])) {
    yield* differences(`document ${key} at position ${String(position)}`, inLog.get(position), inStore.get(position));
  }
}

/** No document has a version after its last expected one. An extra version before that has been found already. */
async function* compareNewest(
  store: TemporalReader,
  newest: ReadonlyMap<DocumentKey, bigint>,
  upTo: bigint,
): AsyncIterable<Difference> {
  const all = [...newest];
  for (let start = 0; start < all.length; start += BATCH) {
    const part = all.slice(start, start + BATCH);
    const versions = await store.versions(
      part.map(([key]) => key),
      upTo,
    );
    for (const [index, [key, position]] of part.entries()) {
      yield* differences(`newest version of document ${key}`, position, versions[index]?.position);
    }
  }
}

/** The members of each collection, compared with the store. */
class Collections {
  private readonly members = new Map<string, Set<string>>();

  constructor(private readonly store: TemporalReader) {}

  /** A member joins at the position of the first change that adds it, and not before. */
  async *compareJoined(batch: readonly ProjectedChange[]): AsyncIterable<Difference> {
    for (const { change, members } of batch) {
      const { position } = change.event;
      for (const { collection, code } of members) {
        const known = this.members.get(collection) ?? new Set();
        this.members.set(collection, known);
        if (known.has(code)) continue;
        known.add(code);
        const where = `${code} in collection ${collection}`;
        yield* differences(
          `${where} at position ${String(position)}`,
          true,
          await this.has(collection, code, position),
        );
        const before = position - 1n;
        yield* differences(`${where} at position ${String(before)}`, false, await this.has(collection, code, before));
      }
    }
  }

  async *compareWhole(upTo: bigint): AsyncIterable<Difference> {
    for (const [collection, known] of this.members) {
      const found = await this.store.members(collection, upTo, {});
      yield* differences(`collection ${collection}`, [...known].sort(), found);
    }
  }

  private async has(collection: string, code: string, at: bigint): Promise<boolean> {
    const [nearest] = await this.store.members(collection, at, { before: `${code}\u0001`, last: true, limit: 1 });
    return nearest === code;
  }
}

function* differences(where: string, log: unknown, readModels: unknown, path = ''): Iterable<Difference> {
  const [expected, found] = [plain(log), plain(readModels)];
  if (isDeepStrictEqual(expected, found)) return;
  if (isObject(expected) && isObject(found)) {
    for (const name of new Set([...Object.keys(expected), ...Object.keys(found)])) {
      yield* differences(where, expected[name], found[name], `${path}/${name}`);
    }
  } else {
    yield { where, path, log: expected, readModels: found };
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** As JSON, with bigints as texts, so that a member that is undefined on one side makes no difference. */
const plain = (value: unknown): unknown =>
  value === undefined
    ? undefined
    : JSON.parse(JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part)));
