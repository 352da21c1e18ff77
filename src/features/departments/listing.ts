import { isCode } from '../../kernel/codes';
import { Listing, Members } from '../../reading/lists/listing';
import { departmentReading } from './readings';
import { DepartmentRecord, DepartmentView } from './record';

type DepartmentSummary = Pick<DepartmentView, 'code'>;

export const departmentListing: Listing<DepartmentRecord, DepartmentView, DepartmentSummary> = {
  reading: departmentReading,
  isCode,
  summary: ({ code }) => ({ code }),
  nameOf: ({ name }) => name,
};

export const ALL_DEPARTMENTS: Members<DepartmentSummary> = { collection: 'DEPARTMENT', has: () => true };
