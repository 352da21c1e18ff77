import { ALWAYS, Effect } from '../audit/effect';
import { AuditView } from '../audit/audit-view';
import { effectiveAtOf, StoredEvent } from '../event-store/envelope';
import { Fold } from '../event-store/fold';
import { andThen, Awaitable } from '../kernel/async';
import { CorruptLedger } from '../kernel/outage';
import { Instant } from '../kernel/time';
import { Loaded, Reading, Scope } from './scope';

/** How the figures of a kind of entity are traced back to its changes. */
export interface Lineage {
  /** The audit view of the entity in a scope; undefined if the entity does not exist there. */
  auditViewAt(scope: Scope, code: string): Awaitable<AuditView | undefined>;
  /** The audit view after each change of one entity, as of an effective moment or as on record. */
  auditViews(events: Iterable<StoredEvent>, effectiveAt: Instant | undefined): Iterable<AuditView>;
  /** The effective moments from which each of the changes has an effect, after later changes have corrected them. */
  effects(events: readonly StoredEvent[]): Pausing<readonly Effect[]>;
  /** The collection that all entities of this kind are members of. */
  readonly collection: string;
  /** The codes of the entities of this kind that one department has. */
  codesOf(scope: Scope, department: string): Awaitable<readonly string[]>;
  /** Left out if nothing is ever corrected. */
  readonly corrections?: Corrections;
  /** Left out if nothing is ever reversed. */
  readonly reversals?: Reversals;
}

/** Work whose caller may let others work at each `yield`. */
export type Pausing<Value> = Generator<void, Value, void>;

/** How the corrections of a kind of entity and what they correct find each other. */
export interface Corrections {
  /** The positions of a change's corrections on record up to a version of the entity, in order of recording. */
  of(scope: Scope, entity: Loaded<unknown>, changeId: string): Awaitable<readonly bigint[]>;
  /** The position of the change that a correction corrects. */
  corrected(scope: Scope, entity: Loaded<unknown>, correction: StoredEvent): Awaitable<bigint | undefined>;
}

/** How a change that takes another one back names it. */
export interface Reversals {
  /** The id of the change that a change takes back; undefined if it takes none back. */
  reversedId(event: StoredEvent): string | undefined;
  /** The position of a change that was taken back. */
  positionOf(scope: Scope, entity: Loaded<unknown>, reversedId: string): Awaitable<bigint>;
}

/** By entity type, in the order in which differences list them. */
export type Lineages = ReadonlyMap<string, Lineage>;

export function lineageOf(lineages: Lineages, entityType: string): Lineage {
  const lineage = lineages.get(entityType);
  if (lineage === undefined) throw new CorruptLedger(`No feature declares the entity type ${entityType}`);
  return lineage;
}

export interface DocumentLineage<State, View> extends Pick<Lineage, 'collection' | 'codesOf' | 'corrections'> {
  readonly reading: Reading<State, View>;
  readonly auditView: (view: View) => AuditView;
  readonly effects?: Lineage['effects'];
}

/** For entities that are one document. */
export const documentLineage = <State, View>({
  reading,
  auditView,
  effects = effectsAsRecorded,
  ...rest
}: DocumentLineage<State, View>): Lineage => ({
  auditViewAt: (scope, code) => andThen(scope.entity(reading, code), (loaded) => loaded && auditView(loaded.view)),
  *auditViews(events, effectiveAt) {
    for (const record of recordsThrough(reading, events)) yield auditView(reading.view(record, effectiveAt));
  },
  effects,
  ...rest,
});

/** The record after each event. */
export function* recordsThrough<State>(fold: Fold<State>, events: Iterable<StoredEvent>): Iterable<State> {
  let record: State | undefined;
  for (const event of events) {
    record = fold.evolve(record, event);
    yield record;
  }
}

/** The first change creates the entity and is true from the beginning; the others have an effect from their effective dates on. */
export function* effectsAsRecorded(events: readonly StoredEvent[]): Pausing<readonly Effect[]> {
  const effects: Effect[] = [];
  for (const event of events) {
    yield;
    effects.push({ position: event.position, from: [effects.length === 0 ? ALWAYS : effectiveAtOf(event)] });
  }
  return effects;
}
