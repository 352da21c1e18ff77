import { emptyReadModelsIn, sharedRedis } from '../support/redis/shared-redis';
import { emptySqliteReadModels } from '../support/sqlite-read-models';
import { describeTravelInTime } from './as-of.property';

/** So little room that what was read makes room all the time. */
const BYTES = 4_000;

describe('SQLite', () => {
  describeTravelInTime(emptySqliteReadModels(BYTES));
});

describe('Redis', () => {
  describeTravelInTime(emptyReadModelsIn(sharedRedis(), { knownVersionsBytes: BYTES, knownMembersBytes: BYTES }));
});
