import { describeTravelInTime } from './as-of.property';

describeTravelInTime();
