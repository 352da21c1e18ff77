import { describeTravelInTime } from './as-of.property';
import { describeLists } from './lists.property';
import { describePages } from './pages.property';
import { describeTotals } from './totals.property';

describeTravelInTime();
describePages();
describeLists();
describeTotals();
