import { emptyReadModelsIn, sharedRedis } from '../support/redis/shared-redis';
import { describeTravelInTime } from './as-of.property';
import { describeLists } from './lists.property';
import { describePages } from './pages.property';
import { describeTotals } from './totals.property';

const emptyReadModels = emptyReadModelsIn(sharedRedis());

describeTravelInTime(emptyReadModels);
describePages(emptyReadModels);
describeLists(emptyReadModels);
describeTotals(emptyReadModels);
