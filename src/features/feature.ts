import { Action } from '../actions/action';
import { EventTypes } from '../event-store/event-types';
import { NodeKind } from '../reading/nodes';
import { Projection } from '../projector/projection';
import { Homes } from '../reading/departments/homes';
import { Lineage } from '../reading/lineage';
import { Table } from '../reading/tables/table';

/** Everything that the ledger needs to know about one kind of entity. Only the list in app/features.ts names a feature elsewhere. */
export interface Feature {
  readonly entity: EntityKind;
  readonly eventTypes: EventTypes;
  readonly projection: Projection;
  readonly lineage: Lineage;
  /** To which departments its documents and collections belong: callers that may not read all departments see no others. */
  readonly homes: Homes;
  /** The rules that its decider can name, and what each means: 中文。English. */
  readonly rules: Readonly<Record<string, string>>;
  readonly actions: Readonly<Record<string, Action>>;
  /** How to read what a global id names, by its type: the entity, and the nodes within it. */
  readonly nodes: Readonly<Record<string, NodeKind>>;
  /** What is exported of it, as of any moment. */
  readonly tables: readonly Table[];
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
