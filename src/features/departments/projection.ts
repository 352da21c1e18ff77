import { Projection } from '../../projector/projection';
import { departmentFold, DepartmentRecord, viewDepartment } from './record';

export const departmentProjection: Projection<DepartmentRecord> = {
  ...departmentFold,
  project(record) {
    const { code } = record.founding;
    return { department: code, state: viewDepartment(record), members: [{ collection: 'DEPARTMENT', code }] };
  },
};
