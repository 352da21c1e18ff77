import { mayPerform } from '../../session/viewer';
import { View } from '../view';

/** What its forms are for. */
const ENTERING_COMMANDS = [
  'recordExpenditure',
  'recordRefund',
  'reportTaskProgress',
  'recordObservation',
  'correctBudgetFact',
  'correctObservation',
];

/** Entering facts: /app/record/expenditure */
export const RECORD: View = {
  name: 'record',
  title: { zh: '录入', en: 'Record' },
  isInNavigation: true,
  isShown: () => ENTERING_COMMANDS.some(mayPerform),
  load: () => import('./record'),
};
