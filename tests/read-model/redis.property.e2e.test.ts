import { emptyReadModelsIn, sharedRedis } from '../support/redis/shared-redis';
import { describeTravelInTime } from './as-of.property';
import { describePages } from './pages.property';

const emptyReadModels = emptyReadModelsIn(sharedRedis());

describeTravelInTime(emptyReadModels);
describePages(emptyReadModels);
