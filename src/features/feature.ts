import { Action } from '../actions/action';
import { EventTypes } from '../event-store/event-types';
import { NodeKind } from '../reading/nodes';
import { Projection } from '../projector/projection';
import { Lineage } from '../reading/lineage';

/** All that the ledger has to know of one kind of entity. The list in app/features.ts is all that names a feature elsewhere. */
export interface Feature {
  readonly entity: EntityKind;
  readonly eventTypes: EventTypes;
  readonly projection: Projection;
  readonly lineage: Lineage;
  /** The rules that its decider can name, and what each means: 中文。English. */
  readonly rules: Readonly<Record<string, string>>;
  readonly actions: Readonly<Record<string, Action>>;
  /** How what a global id names is read: the entity, by its own type, and what is a node within it. */
  readonly nodes: Readonly<Record<string, NodeKind>>;
  /** Its part of the GraphQL API. */
  readonly resolvers: readonly NewableFunction[];
}

export interface EntityKind {
  /** As the API names it: `BUDGET`. Documents and ids are named by it. */
  readonly type: string;
  /** What its streams are called between the prefix and the code: `budget`. */
  readonly category: string;
  /** 中文。English. */
  readonly description: string;
}
