import { View } from '../view';

/** A figure on both clocks: /app/clocks/BUDGET/441300-DSJ.2023?field=/revised */
export const CLOCKS: View = {
  name: 'clocks',
  title: { zh: '两个时钟', en: 'Both clocks' },
  isInNavigation: false,
  // The map shows every moment, so the clocks do not choose one.
  isAlwaysNow: true,
  load: () => import('./clocks'),
};
