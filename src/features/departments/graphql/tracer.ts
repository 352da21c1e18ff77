import { plainTracer } from '../../../graphql/tracing';
import { shapeOfDepartment } from '../shape';
import { departmentReading } from './department';

export const departmentTracer = plainTracer({
  reading: departmentReading,
  shape: shapeOfDepartment,
  collection: 'DEPARTMENT',
  codesOf: (_scope, department) => [department],
});
