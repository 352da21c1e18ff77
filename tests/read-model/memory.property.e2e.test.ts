import { describeTravelInTime } from './as-of.property';
import { describePages } from './pages.property';

describeTravelInTime();
describePages();
