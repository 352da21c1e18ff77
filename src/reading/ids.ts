import { ENTITY_TYPES, EntityName, EntityType, isCode } from '../kernel/codes';
import { INPUT_BOUNDS } from '../kernel/limits';
import { Instant } from '../kernel/time';

/** An entity, or an observation of an indicator: `part` is the id of the event that first recorded it. */
export interface FeatureNodeName {
  readonly type: EntityType | 'OBSERVATION';
  readonly code: string;
  readonly part?: string;
}

/** What an id names, whatever the snapshot. */
export type NodeName =
  | FeatureNodeName
  | { readonly type: 'CHANGE'; readonly entity: EntityName; readonly eventId: string; readonly position: bigint }
  | { readonly type: 'SNAPSHOT' };

/** The snapshot that an id carries. `knownAt` is left out if a position was asked for. */
export interface SnapshotInId {
  readonly position: bigint;
  readonly effectiveAt?: Instant;
  readonly knownAt?: Instant;
}

/** Where the object was read: at a snapshot, as an item of the feed, or in the present if left out. */
export type GlobalId = NodeName & { readonly at?: SnapshotInId | 'FEED' };

/** Opaque to clients: a version, then the parts. No part holds a comma. `place` says where the object was read (`placeOf`). */
export const encodeId = (name: GlobalId, place = placeOf(name.at)): string =>
  Buffer.from(`1,${partsOf(name)},${place}`, 'latin1').toString('base64url');

function partsOf(name: NodeName): string {
  switch (name.type) {
    case 'CHANGE':
      return `CHANGE,${name.entity.entityType}/${name.entity.code},${name.eventId}/${String(name.position)}`;
    case 'SNAPSHOT':
      return 'SNAPSHOT,,';
    default:
      return `${name.type},${name.code},${name.part ?? ''}`;
  }
}

/** The end of an id: the same for all ids of a snapshot. */
export function placeOf(at: GlobalId['at']): string {
  if (at === undefined || at === 'FEED') return at ?? '';
  const { position, effectiveAt = '', knownAt } = at;
  // Ids of version 0.1.0 end with the effective moment.
  return `${String(position)},${effectiveAt}${knownAt === undefined ? '' : `,${knownAt}`}`;
}

const UINT64_MAX = 2n ** 64n - 1n;

/** undefined for what `encodeId` cannot have written. */
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
  if (type === 'OBSERVATION') return isEventId(part) ? { type, code, part } : undefined;
  return isEntityType(type) ? { type, code } : undefined;
}

function readChange(entity: string, event: string): NodeName | undefined {
  const [entityType = '', code = ''] = entity.split('/');
  const [eventId = '', place = ''] = event.split('/');
  const position = parsePosition(place);
  if (!isEntityType(entityType) || !isEntityCode(code) || !isEventId(eventId) || position === undefined)
    return undefined;
  return { type: 'CHANGE', entity: { entityType, code }, eventId, position };
}

function readPlace([position, effectiveAt, knownAt]: readonly string[]): GlobalId['at'] | 'malformed' {
  if (!position) return undefined;
  if (position === 'FEED') return position;
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

const isEntityType = (text: string): text is EntityType => (ENTITY_TYPES as readonly string[]).includes(text);
const isEntityCode = (text: string): boolean => text.split('.').every(isCode);
const isEventId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
const isInstant = (text: string): boolean => /^-?\d{1,15}$/.test(text);

/** The natural key of the change that an argument names: by its id, from any snapshot, or by its eventId, which stays as it is. */
export function eventIdNamed(id: string): string {
  const named = decodeId(id);
  return named?.type === 'CHANGE' ? named.eventId : id;
}

/** A position as it stands on the wire; undefined if it is malformed. */
export function parsePosition(text: string): bigint | undefined {
  if (!/^(0|[1-9]\d{0,19})$/.test(text)) return undefined;
  const position = BigInt(text);
  return position <= UINT64_MAX ? position : undefined;
}
