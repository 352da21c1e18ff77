import { emptyReadModelsIn, sharedRedis } from '../support/redis/shared-redis';
import { describeTracing } from './lineage.property';

describeTracing(emptyReadModelsIn(sharedRedis()));
