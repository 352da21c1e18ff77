import { Shape } from '../../audit/shape';
import { DepartmentView } from './record';

export const shapeOfDepartment = ({ code, name, level, functions }: DepartmentView): Shape => ({
  code,
  name,
  level: level ?? null,
  functions,
});
