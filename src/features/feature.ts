import { EventTypes } from '../event-store/event-types';
import { Scope } from '../graphql/scope';
import { Tracer } from '../graphql/tracing';
import { Awaitable } from '../kernel/async';
import { Projection } from '../projector/projection';

/** What a feature hands to the machinery: its events, how they are read, and its part of the API. */
export interface Feature {
  readonly eventTypes: EventTypes;
  readonly projection: Projection;
  readonly tracer: Tracer;
  readonly resolvers: readonly NewableFunction[];
  /** The entity behind a global id. */
  readonly node: (scope: Scope, code: string) => Awaitable<object | undefined>;
}
