import { View } from '../view';

/** What waits for a second person: /app/proposals/<code> */
export const PROPOSALS: View = {
  name: 'proposals',
  title: { zh: '待复核', en: 'Proposals' },
  isInNavigation: true,
  load: () => import('./proposals'),
};
