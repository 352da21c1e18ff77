import { mutationsOf } from '../../graphql/action-mutations';
import { Feature } from '../feature';
import { departmentActions } from './actions';
import { departmentEventTypes } from './events';
import { DepartmentPayload } from './graphql/department';
import { DepartmentFields, DepartmentQueries, loadDepartment } from './graphql/queries';
import { departmentProjection } from './projection';
import { departmentLineage } from './readings';
import { departmentTable } from './table';
import { FISCAL_YEAR_COLLECTIONS } from '../shared/fiscal-years';

export const departments: Feature = {
  entity: {
    type: 'DEPARTMENT',
    category: 'department',
    description: '部门。A department, named by its code.',
  },
  eventTypes: departmentEventTypes,
  projection: departmentProjection,
  lineage: departmentLineage,
  homes: {
    documents: { DEPARTMENT: 'CODE' },
    collections: { DEPARTMENT: 'MEMBERS', ...FISCAL_YEAR_COLLECTIONS },
  },
  rules: {},
  actions: departmentActions,
  nodes: { DEPARTMENT: { load: (scope, { code }) => loadDepartment(scope, code) } },
  tables: [departmentTable],
  resolvers: [DepartmentQueries, DepartmentFields, mutationsOf(departmentActions, DepartmentPayload)],
};

export { DepartmentType } from './graphql/department';
export { loadDepartment } from './graphql/queries';
