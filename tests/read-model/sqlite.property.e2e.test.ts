import { emptySqliteReadModels } from '../support/sqlite-read-models';
import { describeTravelInTime } from './as-of.property';
import { describeLists } from './lists.property';
import { describePages } from './pages.property';
import { describeTotals } from './totals.property';

const emptyReadModels = emptySqliteReadModels();

describeTravelInTime(emptyReadModels);
describePages(emptyReadModels);
describeLists(emptyReadModels);
describeTotals(emptyReadModels);
