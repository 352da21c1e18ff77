import { describeLists } from './lists.property';
import { describePages } from './pages.property';
import { describeTotals } from './totals.property';

describePages();
describeLists();
describeTotals();
