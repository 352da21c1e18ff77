import { AuditView } from '../../audit/audit-view';
import { DepartmentView } from './record';

export const auditViewOfDepartment = ({ code, name, level, functions }: DepartmentView): AuditView => ({
  code,
  name,
  level: level ?? null,
  functions,
});
