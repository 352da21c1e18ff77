import { isDeepStrictEqual } from 'node:util';
import { Json } from '../kernel/json';
import { isCodedList, isAuditView, pointer, AuditView } from './audit-view';

/** A field of a view, as a JSON Pointer, its value, and what gave it that value. */
export interface FieldOrigin<By> {
  readonly path: string;
  readonly value: Json;
  readonly by: By;
}

/** The origin of a value, or the origins of its parts by name. */
type Origins<By> = Map<string, { readonly by: By } | Origins<By>>;

/**
 * Goes through the views of an entity in order, and remembers for each field the last step that changed its value. A step that
 * sets the same value again is not its origin.
 */
export class Blame<By> {
  private readonly origins: Origins<By> = new Map();
  private view: AuditView | undefined;

  step(after: AuditView, by: By): void {
    attribute(this.origins, this.view, after, by);
    this.view = after;
  }

  /** The origins of all fields of the last view, in the order of its fields. */
  fields(): readonly FieldOrigin<By>[] {
    const found: FieldOrigin<By>[] = [];
    if (this.view !== undefined) collect(found, '', this.view, this.origins);
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

function collect<By>(found: FieldOrigin<By>[], path: string, view: Json, origins: Origins<By>): void {
  partsOf(view).forEach(([name, value], index) => {
    const field = pointer(path, isAuditView(view) ? name : index);
    const origin = origins.get(name);
    if (origin instanceof Map) collect(found, field, value, origin);
    else if (origin !== undefined) found.push({ path: field, value, by: origin.by });
  });
}

const isBranch = (value: Json | undefined): boolean => isAuditView(value) || isCodedList(value);

/** The fields of an object, or the items of a list by their codes. */
function partsOf(value: Json): readonly (readonly [name: string, value: Json])[] {
  if (isCodedList(value)) return value.map((item) => [item.code, item]);
  return isAuditView(value) ? Object.entries(value) : [];
}

/** Finds the parts of a value by name. Most list items are still at the index where we look first. */
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
