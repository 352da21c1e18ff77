import { ENTITY_TYPES, EntityType, isCode } from '../kernel/codes';
import { Instant } from '../kernel/time';

/** What a global id names. Without `at` it is the present one; with it, the thing as it stood at that snapshot. */
export interface GlobalId {
  readonly type: EntityType | 'OBSERVATION';
  readonly code: string;
  /** Of an observation: the change that first recorded it. */
  readonly part?: string;
  readonly at?: { readonly position: bigint; readonly effectiveAt?: Instant };
}

/** Opaque to clients: a version, then the parts. Codes and change ids hold no comma. `place` says where `at` is. */
export const encodeId = ({ type, code, part = '', at }: GlobalId, place: string = placeOf(at)): string =>
  Buffer.from(`1,${type},${code},${part},${place}`, 'latin1').toString('base64url');

/** The last two parts of an id: the same for all ids of a snapshot. */
export const placeOf = (at: GlobalId['at']): string =>
  at === undefined ? '' : `${String(at.position)},${at.effectiveAt === undefined ? '' : at.effectiveAt}`;

const UINT64_MAX = 2n ** 64n - 1n;

/** undefined for what `encodeId` cannot have written. */
export function decodeId(id: string): GlobalId | undefined {
  if (id.length > 512) return undefined;
  const named = readParts(Buffer.from(id, 'base64url').toString().split(','));
  // Base64 and numbers can be written in more ways than one.
  return named !== undefined && encodeId(named) === id ? named : undefined;
}

function readParts([, type = '', code = '', part, position, effectiveAt]: readonly string[]): GlobalId | undefined {
  const known = type === 'OBSERVATION' || (ENTITY_TYPES as readonly string[]).includes(type);
  if (!known || !code.split('.').every(isCode)) return undefined;
  const name = { type: type as GlobalId['type'], code, ...(part ? { part } : {}) };
  if (!position) return name;
  const at = parsePosition(position);
  if (at === undefined) return undefined;
  if (!effectiveAt) return { ...name, at: { position: at } };
  return /^-?\d{1,15}$/.test(effectiveAt)
    ? { ...name, at: { position: at, effectiveAt: Number(effectiveAt) } }
    : undefined;
}

/** A position as it stands on the wire; undefined where it is malformed. */
export function parsePosition(text: string): bigint | undefined {
  if (!/^(0|[1-9]\d{0,19})$/.test(text)) return undefined;
  const position = BigInt(text);
  return position <= UINT64_MAX ? position : undefined;
}
