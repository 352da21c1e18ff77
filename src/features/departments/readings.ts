import { documentLineage } from '../../reading/lineage';
import { Reading } from '../../reading/scope';
import { auditViewOfDepartment } from './audit-view';
import { departmentFold, DepartmentRecord, DepartmentView, viewDepartment } from './record';

export const departmentReading: Reading<DepartmentRecord, DepartmentView> = { ...departmentFold, view: viewDepartment };

export const departmentLineage = documentLineage({
  reading: departmentReading,
  auditView: auditViewOfDepartment,
  collection: 'DEPARTMENT',
  codesOf: (_scope, department) => [department],
});
