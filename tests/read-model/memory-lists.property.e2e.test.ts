import { describeLists } from './lists.property';
import { describeTotals } from './totals.property';

describeLists();
describeTotals();
