import { viewer } from '../../session/viewer';
import { View } from '../view';

/** Evidence files: /app/evidence */
export const EVIDENCE: View = {
  name: 'evidence',
  title: { zh: '证据', en: 'Evidence' },
  isInNavigation: true,
  // An event is proven only as a whole, with the names of persons in it.
  isShown: () => viewer.value?.masked.length === 0,
  load: () => import('./evidence'),
};
