import { viewer } from '../../session/viewer';
import { View } from '../view';

/** Who read what: /app/reads */
export const READS: View = {
  name: 'reads',
  title: { zh: '查阅记录', en: 'Reads' },
  isInNavigation: true,
  isAlwaysNow: true,
  isShown: () => viewer.value?.mayReadReads === true,
  load: () => import('./reads'),
};
