import { View } from '../view';

/** What was recorded late, and what was corrected: /app/late */
export const LATE: View = {
  name: 'late',
  title: { zh: '迟记与更正', en: 'Late and corrected' },
  isInNavigation: true,
  isAlwaysNow: true,
  load: () => import('./late'),
};
