import { isDeepStrictEqual } from 'node:util';
import { Json } from '../kernel/json';
import { isCodedList, isAuditView, pointer, AuditView } from './audit-view';

/** A field of a view, as a JSON Pointer, with its values before and after; null if it had none. */
export interface FieldChange {
  readonly path: string;
  readonly before: Json;
  readonly after: Json;
}

/**
 * The changes that turn one view into another: each sets the `after` value at its path. If there is no view before or after,
 * every top-level field is one change. A list whose items are added, removed or replaced is one change too, because an index
 * would mean different items before and after.
 */
export function difference(before: AuditView | undefined, after: AuditView | undefined): readonly FieldChange[] {
  const changes: FieldChange[] = [];
  const isWhole = before === undefined || after === undefined;
  addEach(changes, '', before ?? {}, after ?? {}, isWhole ? addWhole : add);
  return changes;
}

type Add = (changes: FieldChange[], path: string, before: Json, after: Json) => void;

/** Adds the fields of either view that are not the same in both, those of `before` first. */
function addEach(changes: FieldChange[], path: string, before: AuditView, after: AuditView, addField: Add): void {
  const addNamed = (name: string): void => {
    const [from, to] = [before[name] ?? null, after[name] ?? null];
    // Most fields are. A path costs more than this comparison.
    if (from !== to) addField(changes, pointer(path, name), from, to);
  };
  for (const name of Object.keys(before)) addNamed(name);
  for (const name of Object.keys(after)) if (!Object.hasOwn(before, name)) addNamed(name);
}

function add(changes: FieldChange[], path: string, before: Json, after: Json): void {
  if (before === after) return;
  if (isAuditView(before) && isAuditView(after)) {
    addEach(changes, path, before, after, add);
  } else if (isCodedList(before) && isCodedList(after) && haveSameItems(before, after)) {
    after.forEach((item, index) => {
      add(changes, pointer(path, index), before[index] as AuditView, item);
    });
  } else addWhole(changes, path, before, after);
}

function addWhole(changes: FieldChange[], path: string, before: Json, after: Json): void {
  if (!isDeepStrictEqual(before, after)) changes.push({ path, before, after });
}

const haveSameItems = (before: readonly AuditView[], after: readonly AuditView[]): boolean =>
  before.length === after.length && before.every(({ code }, index) => code === after[index]?.code);
