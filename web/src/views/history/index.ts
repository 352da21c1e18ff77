import { View } from '../view';

/** Every change of one entity on record: /app/history/BUDGET/441300-DSJ.2023 */
export const HISTORY: View = {
  name: 'history',
  title: { zh: '历史', en: 'History' },
  isInNavigation: false,
  load: () => import('./history'),
};
