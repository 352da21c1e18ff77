import { CACHE_BOUNDS } from '../../src/kernel/limits';
import { SqliteTemporalStore } from '../../src/read-model/adapters/sqlite/sqlite-temporal-store';
import { testStreams } from './streams';
import { NO_TROUBLE } from './telemetry';

export const openSqliteReadModels = (
  path: string,
  telemetry = NO_TROUBLE,
  cacheBytes: number = CACHE_BOUNDS.knownVersionsBytes,
): SqliteTemporalStore => new SqliteTemporalStore({ path, streams: testStreams, telemetry, cacheBytes });
