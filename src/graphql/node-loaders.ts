import { Awaitable } from '../kernel/async';
import { FeatureNodeName } from '../reading/ids';
import { Scope } from '../reading/scope';

/** How what an id names is loaded at a scope, for each kind of node that features have; undefined if it is not there. */
export type NodeLoaders = Readonly<
  Record<
    FeatureNodeName['type'],
    (scope: Scope, name: Pick<FeatureNodeName, 'code' | 'part'>) => Awaitable<object | undefined>
  >
>;
