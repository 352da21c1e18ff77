import { describeTravelInTime } from './as-of.property';
import { describeLists } from './lists.property';
import { describePages } from './pages.property';

describeTravelInTime();
describePages();
describeLists();
