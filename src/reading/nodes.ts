import { Awaitable } from '../kernel/async';
import { decodeId, FeatureNodeName, GlobalId, isChange, isSnapshot, NodeName } from './ids';
import { Scope } from './scope';

/** One kind of object that ids can name. */
export interface NodeKind {
  /** Whether its ids name a part of an entity: they carry the id of the event that first recorded the part. */
  readonly isPart?: boolean;
  /** Reads what an id names at a scope; undefined if it is not there. */
  load(scope: Scope, name: Pick<FeatureNodeName, 'code' | 'part'>): Awaitable<object | undefined>;
}

/** By the type in the id: that of an entity, or of a part that a feature has within one. */
export type NodeKinds = ReadonlyMap<string, NodeKind>;

/** What an id names; undefined for a text that no node of this ledger can have as its id. */
export function readId(id: string, kinds: NodeKinds): GlobalId | undefined {
  const name = decodeId(id);
  return name !== undefined && isDeclared(name, kinds) ? name : undefined;
}

/** Whether a feature declares nodes of this type. */
function isDeclared(name: NodeName, kinds: NodeKinds): boolean {
  if (isSnapshot(name)) return true;
  const kind = kinds.get(isChange(name) ? name.entity.entityType : name.type);
  const isPart = !isChange(name) && name.part !== undefined;
  return kind !== undefined && (kind.isPart ?? false) === isPart;
}

/** The object of an entity or a part. */
export function loadNode(kinds: NodeKinds, scope: Scope, name: FeatureNodeName): Awaitable<object | undefined> {
  return kinds.get(name.type)?.load(scope, name);
}
