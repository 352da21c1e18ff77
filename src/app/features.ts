// First: the decorators of everything below need it.
import 'reflect-metadata';
import { EventTypes } from '../event-store/event-types';
import { budgets } from '../features/budgets';
import { departments } from '../features/departments';
import { evaluations } from '../features/evaluations';
import { Feature } from '../features/feature';
import { indicators } from '../features/indicators';
import { tasks } from '../features/tasks';
import { NodeLoaders } from '../graphql/node-loaders';
import { buildLedgerSchema } from '../graphql/schema';
import { Lineages } from '../reading/lineage';

/** What the ledger is about. A new feature is one line here. */
export const FEATURES: readonly Feature[] = [departments, budgets, tasks, indicators, evaluations];

export const eventTypes: EventTypes = Object.assign({}, ...FEATURES.map((feature) => feature.eventTypes)) as EventTypes;

export const nodeLoaders = Object.assign({}, ...FEATURES.map(({ nodes }) => nodes)) as NodeLoaders;

export const lineages = Object.fromEntries(
  FEATURES.map(({ projection, lineage: tracer }) => [projection.entityType, tracer]),
) as unknown as Lineages;

export const schema = buildLedgerSchema(FEATURES.flatMap((feature) => feature.resolvers));
