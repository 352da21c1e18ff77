import { emptyReadModelsIn, sharedRedis } from '../support/redis/shared-redis';
import { describeTracing } from './tracing.property';

describeTracing(emptyReadModelsIn(sharedRedis()));
