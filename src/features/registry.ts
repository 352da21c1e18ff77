import { Action } from '../actions/action';
import { ChangeFilter } from '../change-feed/filter';
import { EventTypes } from '../event-store/event-types';
import { Categories } from '../event-store/streams';
import { choice, Choice } from '../input/choice';
import { InputObject } from '../input/field';
import { Projection } from '../projector/projection';
import { changeFilterOf } from '../reading/change-filter';
import { COMMON_HOMES, Homes, LedgerHomes } from '../reading/departments/homes';
import { Lineages } from '../reading/lineage';
import { Table } from '../reading/tables/table';
import { NodeKinds } from '../reading/nodes';
import { EntityKind, Feature } from './feature';

/** What the rest of the program needs to know about all features together. */
export interface Registry {
  readonly entityTypes: Choice;
  readonly categories: Categories;
  readonly eventTypes: EventTypes;
  /** By entity type. */
  readonly eventTypesOf: ReadonlyMap<string, EventTypes>;
  /** For every entity and event of the features. */
  readonly changeFilter: InputObject<ChangeFilter>;
  readonly projections: readonly Projection[];
  readonly lineages: Lineages;
  readonly homes: LedgerHomes;
  readonly nodes: NodeKinds;
  /** By name. */
  readonly tables: ReadonlyMap<string, Table>;
  /** By name. */
  readonly actions: ReadonlyMap<string, Action>;
  /** By entity type. */
  readonly deciders: ReadonlyMap<string, Action['target']['decider']>;
  /** By name, with what they mean. */
  readonly rules: ReadonlyMap<string, string>;
  readonly resolvers: readonly NewableFunction[];
}

/** Throws if two features declare different things under one name. */
export function registryOf(features: readonly Feature[]): Registry {
  const entityTypes = entityTypesOf(features.map(({ entity }) => entity));
  const eventTypes = Object.fromEntries(merged(features.map(({ eventTypes }) => Object.entries(eventTypes))));
  return {
    entityTypes,
    categories: merged(features.map(({ entity }) => [[entity.type, entity.category]])),
    eventTypes,
    eventTypesOf: new Map(features.map(({ entity, eventTypes }) => [entity.type, eventTypes])),
    changeFilter: changeFilterOf({ entityTypes, eventTypes: new Set(Object.keys(eventTypes)) }),
    projections: features.map(({ projection }) => projection),
    lineages: merged(features.map(({ entity, lineage }) => [[entity.type, lineage]])),
    homes: homesOf([COMMON_HOMES, ...features.map(({ homes }) => homes)]),
    nodes: merged(features.map(({ nodes }) => Object.entries(nodes))),
    tables: merged(features.map(({ tables }) => tables.map((table) => [table.name, table]))),
    actions: merged(features.map(({ actions }) => Object.values(actions).map((action) => [action.name, action]))),
    deciders: merged(
      features.map(({ actions }) =>
        Object.values(actions).map(({ target: { decider } }) => [decider.entityType, decider]),
      ),
    ),
    rules: merged(features.map(({ rules }) => Object.entries(rules))),
    resolvers: features.flatMap(({ resolvers }) => resolvers),
  };
}

const homesOf = (homes: readonly Homes[]): LedgerHomes =>
  new LedgerHomes(
    merged(homes.map(({ documents }) => Object.entries(documents))),
    merged(homes.map(({ collections }) => Object.entries(collections))),
  );

const entityTypesOf = (entities: readonly EntityKind[]): Choice =>
  choice(
    'EntityType',
    entities.map(({ type }) => type),
    '实体类型。The kinds of entity that the ledger holds.',
    Object.fromEntries(entities.map(({ type, description }) => [type, description])),
  );

function merged<Value>(parts: readonly (readonly (readonly [string, Value])[])[]): ReadonlyMap<string, Value> {
  const all = new Map<string, Value>();
  for (const [name, value] of parts.flat()) {
    if (all.has(name) && all.get(name) !== value) throw new Error(`Two features declare ${name}`);
    all.set(name, value);
  }
  return all;
}
