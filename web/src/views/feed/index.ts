import { View } from '../view';

/** What is being recorded, as it comes: /app/feed?after=<position>&department=… */
export const FEED: View = {
  name: 'feed',
  title: { zh: '动态', en: 'Feed' },
  isInNavigation: true,
  isAlwaysNow: true,
  load: () => import('./feed'),
};
