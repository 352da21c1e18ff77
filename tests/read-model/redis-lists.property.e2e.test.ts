import { emptyReadModelsIn, sharedRedis } from '../support/redis/shared-redis';
import { describeLists } from './lists.property';
import { describeTotals } from './totals.property';

const emptyReadModels = emptyReadModelsIn(sharedRedis());

describeLists(emptyReadModels);
describeTotals(emptyReadModels);
