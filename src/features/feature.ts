import { EventTypes } from '../event-store/event-types';
import { NodeLoaders } from '../graphql/node-loaders';
import { Lineage } from '../reading/lineage';
import { Projection } from '../projector/projection';

/** What a feature hands to the machinery: its events, how they are read, and its part of the API. */
export interface Feature {
  readonly eventTypes: EventTypes;
  readonly projection: Projection;
  readonly lineage: Lineage;
  readonly resolvers: readonly NewableFunction[];
  /** How what a global id names is loaded: the entity, and what is a node within it. */
  readonly nodes: Partial<NodeLoaders>;
}
