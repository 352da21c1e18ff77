import { Json } from '../kernel/json';
import { jsonPointer, PathKey } from '../kernel/json-pointer';

/**
 * An entity as the API shows it, as plain JSON: the fields that its own changes set, under their names in the schema. Amounts
 * are in yuan. Items of a list that have a `code` are identified by it. Views are immutable. A part that a change did not touch
 * may be the same object in both views; then it is not compared.
 */
export type AuditView = { readonly [field: string]: Json };

/** A part of a view that has parts of its own. */
export type Branch = AuditView | readonly Coded[];
/** A list item that keeps its identity when items before it are added or removed. */
export type Coded = AuditView & { readonly code: string };

export const isAuditView = (value: Json | undefined): value is AuditView =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Any other list, of texts for example, is one value. */
export const isCodedList = (value: Json | undefined): value is readonly Coded[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((item: Json) => isAuditView(item) && typeof item.code === 'string');

export const pointer = (path: string, token: PathKey): string => `${path}${jsonPointer([token])}`;
