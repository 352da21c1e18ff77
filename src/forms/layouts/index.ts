import { DEPARTMENT } from './department';
import { FormId, FormLayout } from './layout';
import { NATIONAL_PROJECT } from './national-project';
import { SICHUAN_PROJECT } from './sichuan-project';

export const LAYOUTS: Readonly<Record<FormId, FormLayout>> = {
  'national-project': NATIONAL_PROJECT,
  'sichuan-project': SICHUAN_PROJECT,
  department: DEPARTMENT,
};
