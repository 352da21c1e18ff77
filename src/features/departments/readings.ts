import { documentLineage } from '../../reading/lineage';
import { auditViewOfDepartment } from './audit-view';
import { departmentReading } from './graphql/department';

export const departmentLineage = documentLineage({
  reading: departmentReading,
  auditView: auditViewOfDepartment,
  collection: 'DEPARTMENT',
  codesOf: (_scope, department) => [department],
});
