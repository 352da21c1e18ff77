import { emptyReadModelsIn, sharedRedis } from '../support/redis/shared-redis';
import { describeLineage } from './lineage.property';

describeLineage(emptyReadModelsIn(sharedRedis()));
