import { Json } from '../kernel/json';
import { jsonPointer, PathKey } from '../kernel/json-pointer';

/**
 * An entity as the API shows it, in plain JSON: the fields that its own changes set, under their names in the schema. Amounts are in
 * yuan. Items of a list that have a `code` are told apart by it. Shapes are never changed; a part that a change did not touch may be
 * the same object in both shapes, and is then not looked at.
 */
export type AuditView = { readonly [field: string]: Json };

/** A part of a shape that has parts of its own. */
export type Branch = AuditView | readonly Coded[];
/** An item of a list that keeps its identity when others come before it. */
export type Coded = AuditView & { readonly code: string };

export const isAuditView = (value: Json | undefined): value is AuditView =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Lists of other things, of texts for example, are values as a whole. */
export const isCodedList = (value: Json | undefined): value is readonly Coded[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((item: Json) => isAuditView(item) && typeof item.code === 'string');

export const pointer = (path: string, token: PathKey): string => `${path}${jsonPointer([token])}`;
