import { EntityName, isCode } from '../kernel/codes';
import { INPUT_BOUNDS } from '../kernel/limits';
import { parsePosition } from '../kernel/position';
import { Instant } from '../kernel/time';
import { isUuid } from '../kernel/uuid';

/** An entity, or a part of one that is a node of its own: `part` is the id of the event that first recorded the part. */
export interface FeatureNodeName {
  /** The type of the entity, or of the part, as a feature declares it. */
  readonly type: string;
  readonly code: string;
  readonly part?: string;
}

export interface ChangeName {
  readonly type: 'CHANGE';
  readonly entity: EntityName;
  readonly eventId: string;
  readonly position: bigint;
}

export interface SnapshotName {
  readonly type: 'SNAPSHOT';
}

/** What an id names, without its snapshot. */
export type NodeName = FeatureNodeName | ChangeName | SnapshotName;

export const isChange = (name: NodeName): name is ChangeName => name.type === 'CHANGE';
export const isSnapshot = (name: NodeName): name is SnapshotName => name.type === 'SNAPSHOT';

/** The snapshot that an id carries. `knownAt` is left out if a position was requested. */
export interface SnapshotInId {
  readonly position: bigint;
  readonly effectiveAt?: Instant;
  readonly knownAt?: Instant;
}

/** The dry run that an object was read in. Nothing ever has the id again. */
export interface DryRunInId {
  readonly dryRun: string;
}

/** How the object was read: at a snapshot, as an item of the feed, in a dry run, or in the present if left out. */
export type GlobalId = NodeName & { readonly at?: SnapshotInId | 'FEED' | DryRunInId };

/** Opaque to clients: a version, then the parts. No part holds a comma. `place` encodes `at` (`placeOf`). */
export const encodeId = (name: GlobalId, place = placeOf(name.at)): string =>
  Buffer.from(`1,${partsOf(name)},${place}`, 'latin1').toString('base64url');

function partsOf(name: NodeName): string {
  if (isSnapshot(name)) return 'SNAPSHOT,,';
  if (!isChange(name)) return `${name.type},${name.code},${name.part ?? ''}`;
  const { entity, eventId, position } = name;
  return `CHANGE,${entity.entityType}/${entity.code},${eventId}/${String(position)}`;
}

/** The end of an id: the same for all ids of a snapshot. */
export function placeOf(at: GlobalId['at']): string {
  if (at === undefined || at === 'FEED') return at ?? '';
  if ('dryRun' in at) return `DRY,${at.dryRun}`;
  const { position, effectiveAt = '', knownAt } = at;
  // Ids of version 0.1.0 end with the effective moment.
  return `${String(position)},${effectiveAt}${knownAt === undefined ? '' : `,${knownAt}`}`;
}

/** undefined for what `encodeId` cannot have written. Whether the type is one that a feature declares is left to `nodes.ts`. */
export function decodeId(id: string): GlobalId | undefined {
  if (id.length > INPUT_BOUNDS.maxIdLength) return undefined;
  const [, type = '', code = '', part = '', ...place] = Buffer.from(id, 'base64url').toString().split(',');
  const name = readName(type, code, part);
  const at = readPlace(place);
  if (name === undefined || at === 'malformed' || !isPlaceOf(name, at)) return undefined;
  // Base64 and numbers can be written in more ways than one.
  const named = at === undefined ? name : { ...name, at };
  return encodeId(named) === id ? named : undefined;
}

function readName(type: string, code: string, part: string): NodeName | undefined {
  if (type === 'SNAPSHOT') return { type };
  if (type === 'CHANGE') return readChange(code, part);
  if (!isEntityCode(code)) return undefined;
  if (!isType(type)) return undefined;
  if (part === '') return { type, code };
  return isUuid(part) ? { type, code, part } : undefined;
}

function readChange(entity: string, event: string): NodeName | undefined {
  const [entityType = '', code = ''] = entity.split('/');
  const [eventId = '', place = ''] = event.split('/');
  const position = parsePosition(place);
  if (!isType(entityType) || !isEntityCode(code) || !isUuid(eventId) || position === undefined) return undefined;
  return { type: 'CHANGE', entity: { entityType, code }, eventId, position };
}

function readPlace([position, effectiveAt, knownAt]: readonly string[]): GlobalId['at'] | 'malformed' {
  if (!position) return undefined;
  if (position === 'FEED') return position;
  if (position === 'DRY') return effectiveAt && isUuid(effectiveAt) ? { dryRun: effectiveAt } : 'malformed';
  const at = parsePosition(position);
  if (at === undefined || ![effectiveAt, knownAt].every((moment) => !moment || isInstant(moment))) return 'malformed';
  return {
    position: at,
    ...(effectiveAt ? { effectiveAt: Number(effectiveAt) } : {}),
    ...(knownAt ? { knownAt: Number(knownAt) } : {}),
  };
}

/** Only a change is an item of the feed, and there is no snapshot of the present. */
const isPlaceOf = ({ type }: NodeName, at: GlobalId['at']): boolean =>
  at === 'FEED' ? type === 'CHANGE' : at !== undefined || type !== 'SNAPSHOT';

const isType = (text: string): boolean => /^[A-Z]+(_[A-Z]+)*$/.test(text);
const isEntityCode = (text: string): boolean => text.split('.').every(isCode);
const isInstant = (text: string): boolean => /^-?\d{1,15}$/.test(text);

/** Whether an object was read in a dry run: no argument takes its id. */
export const isOfDryRun = ({ at }: GlobalId): boolean => typeof at === 'object' && 'dryRun' in at;

/** What the id that an argument takes names; undefined for one that was made for a dry run. */
export function nameIn(id: string): GlobalId | undefined {
  const named = decodeId(id);
  return named === undefined || isOfDryRun(named) ? undefined : named;
}

/** The natural key of the change that an argument names: by its id, from any snapshot, or by its eventId, which stays as it is. */
export function eventIdNamed(id: string): string {
  const named = nameIn(id);
  return named !== undefined && isChange(named) ? named.eventId : id;
}
