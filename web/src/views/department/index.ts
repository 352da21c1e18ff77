import { View } from '../view';

/** Everything about a department in one fiscal year: /app/department/441300-DSJ/2023 */
export const DEPARTMENT: View = {
  name: 'department',
  title: { zh: '部门年度', en: 'Department and year' },
  isInNavigation: false,
  load: () => import('./department'),
};
