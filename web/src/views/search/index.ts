import { View } from '../view';

/** Search by name, code or document number: /app/search?for=… */
export const SEARCH: View = {
  name: 'search',
  title: { zh: '搜索', en: 'Search' },
  isInNavigation: true,
  load: () => import('./search'),
};
