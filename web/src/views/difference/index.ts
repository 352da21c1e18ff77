import { View } from '../view';

/** What differs between two moments: /app/difference/441300-DSJ/2023?fromKnown=2023-06-30 */
export const DIFFERENCE: View = {
  name: 'difference',
  title: { zh: '比较', en: 'Compare' },
  isInNavigation: true,
  load: () => import('./difference'),
};
