import { Feature } from '../feature';
import { departmentEventTypes } from './events';
import { loadDepartment, DepartmentFields, DepartmentQueries } from './graphql/queries';
import { DepartmentMutations } from './graphql/mutations';
import { departmentLineage } from './readings';
import { departmentProjection } from './projection';

export const departments: Feature = {
  eventTypes: departmentEventTypes,
  projection: departmentProjection,
  lineage: departmentLineage,
  resolvers: [DepartmentQueries, DepartmentFields, DepartmentMutations],
  nodes: { DEPARTMENT: (scope, { code }) => loadDepartment(scope, code) },
};

export { DepartmentType } from './graphql/department';
export { loadDepartment } from './graphql/queries';
