import { MonitoringQueries } from './graphql/queries';

/** It records nothing, so it is no feature with an entity of its own: only questions. */
export const MONITORING_RESOLVERS: readonly NewableFunction[] = [MonitoringQueries];
