import { inputObject, ValueOf } from '../../input/field';
import { Loaded } from '../../reading/scope';
import { pagesOfTable } from '../../reading/tables/entities';
import { Table } from '../../reading/tables/table';
import { DEPARTMENTS, departmentsIn, REVISION_COLUMNS } from '../shared/table-columns';
import { departmentLineage, departmentReading } from './readings';
import { DepartmentView } from './record';

export const departmentTable: Table<Loaded<DepartmentView>, ValueOf<typeof DEPARTMENTS>> = {
  name: 'departments',
  filter: inputObject('', '', DEPARTMENTS),
  columns: [
    { name: 'code', type: 'TEXT', valueOf: ({ view }) => view.code },
    { name: 'name', type: 'TEXT', valueOf: ({ view }) => view.name },
    { name: 'level', type: 'TEXT', valueOf: ({ view }) => view.level },
    { name: 'functions', type: 'JSON', valueOf: ({ view }) => view.functions },
    ...REVISION_COLUMNS,
  ],
  departments: departmentsIn,
  rows: (scope, filter) =>
    pagesOfTable(scope, departmentReading, departmentLineage, { departments: departmentsIn(filter) }),
};
