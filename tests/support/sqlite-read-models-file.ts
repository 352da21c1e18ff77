import { SqliteTemporalStore } from '../../src/read-model/adapters/sqlite/sqlite-temporal-store';
import { testStreams } from './streams';
import { NO_TROUBLE } from './telemetry';

export const openSqliteReadModels = (path: string, telemetry = NO_TROUBLE): SqliteTemporalStore =>
  new SqliteTemporalStore({ path, streams: testStreams, telemetry });
