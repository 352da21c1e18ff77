// First: the decorators of everything below need it.
import 'reflect-metadata';
import { DEFAULT_STREAM_PREFIX, StreamNames } from '../event-store/streams';
import { budgets } from '../features/budgets';
import { departments } from '../features/departments';
import { evaluations } from '../features/evaluations';
import { indicators } from '../features/indicators';
import { MONITORING_RESOLVERS } from '../features/monitoring';
import { proposals } from '../features/proposals';
import { registryOf } from '../features/registry';
import { tasks } from '../features/tasks';
import { templates } from '../features/templates';
import { buildLedgerSchema } from '../graphql/schema';

/** What the ledger is about. A new feature is one entry here. */
export const features = registryOf([departments, budgets, tasks, indicators, evaluations, templates, proposals]);

/** Questions about several kinds of entity belong to none of them. */
export const schema = buildLedgerSchema({ ...features, resolvers: [...features.resolvers, ...MONITORING_RESOLVERS] });

export const streamNames = (prefix = DEFAULT_STREAM_PREFIX): StreamNames =>
  new StreamNames(features.categories, prefix);
