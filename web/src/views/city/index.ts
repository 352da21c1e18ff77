import { View } from '../view';

/** The totals of the whole city in one fiscal year: /app/city/2023 */
export const CITY: View = {
  name: 'city',
  title: { zh: '全市', en: 'City' },
  isInNavigation: true,
  load: () => import('./city'),
};
