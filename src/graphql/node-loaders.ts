import { EntityType } from '../kernel/codes';
import { Awaitable } from '../kernel/async';
import { Scope } from './scope';

/** How the entity behind an id is loaded, for each type; handed in with the features. */
export type NodeLoaders = Readonly<Record<EntityType, (scope: Scope, code: string) => Awaitable<object | undefined>>>;
