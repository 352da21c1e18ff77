import { isDeepStrictEqual } from 'node:util';
import { Json } from '../kernel/json';
import { isCodedList, isAuditView, pointer, AuditView } from './audit-view';

/** A place of a shape, as a JSON Pointer, its value, and who gave it that value. */
export interface FieldOrigin<By> {
  readonly path: string;
  readonly value: Json;
  readonly by: By;
}

/** The origin of a value, or of the parts of a value by their names. */
type Origins<By> = Map<string, { readonly by: By } | Origins<By>>;

/**
 * Goes through the shapes that an entity has had, and remembers for each field which step gave it its value: the last that made
 * another out of it. A step that says the same again gave nothing.
 */
export class Blame<By> {
  private readonly origins: Origins<By> = new Map();
  private shape: AuditView | undefined;

  step(after: AuditView, by: By): void {
    attribute(this.origins, this.shape, after, by);
    this.shape = after;
  }

  /** The origins of all fields of the last shape, in its order. */
  fields(): readonly FieldOrigin<By>[] {
    const found: FieldOrigin<By>[] = [];
    if (this.shape !== undefined) collect(found, '', this.shape, this.origins);
    return found;
  }
}

function attribute<By>(origins: Origins<By>, before: Json | undefined, after: Json, by: By): void {
  if (before === after) return;
  const oldPart = finder(before);
  partsOf(after).forEach(([name, value], index) => {
    const old = oldPart(name, index);
    if (old === value) return;
    if (isBranch(value)) {
      let below = origins.get(name);
      if (!(below instanceof Map)) origins.set(name, (below = new Map()));
      attribute(below, isBranch(old) ? old : undefined, value, by);
    } else if (old === undefined || !isDeepStrictEqual(old, value)) origins.set(name, { by });
  });
}

function collect<By>(found: FieldOrigin<By>[], path: string, shape: Json, origins: Origins<By>): void {
  partsOf(shape).forEach(([name, value], index) => {
    const place = pointer(path, isAuditView(shape) ? name : index);
    const origin = origins.get(name);
    if (origin instanceof Map) collect(found, place, value, origin);
    else if (origin !== undefined) found.push({ path: place, value, by: origin.by });
  });
}

const isBranch = (value: Json | undefined): boolean => isAuditView(value) || isCodedList(value);

/** The fields of an object, or the items of a list by their codes. */
function partsOf(value: Json): readonly (readonly [name: string, value: Json])[] {
  if (isCodedList(value)) return value.map((item) => [item.code, item]);
  return isAuditView(value) ? Object.entries(value) : [];
}

/** Finds the parts of a value by their names. Most items of a list still stand at the index where they are looked for. */
function finder(value: Json | undefined): (name: string, index: number) => Json | undefined {
  if (!isCodedList(value)) return (name) => (isAuditView(value) ? value[name] : undefined);
  let byCode: ReadonlyMap<string, Json> | undefined;
  return (name, index) => {
    const item = value[index];
    if (item?.code === name) return item;
    byCode ??= new Map(value.map((other) => [other.code, other]));
    return byCode.get(name);
  };
}
