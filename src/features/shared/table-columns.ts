import { ValueOf } from '../../input/field';
import { Loaded } from '../../reading/scope';
import { Column } from '../../reading/tables/table';
import { departmentFilter } from './fields';
import { departmentsFilter } from './list-arguments';

/** The last columns of each table of entities: the newest change of the entity on record. */
export const REVISION_COLUMNS: readonly Column<Loaded<unknown>>[] = [
  { name: 'revision', type: 'INTEGER', valueOf: ({ version }) => version.revision },
  { name: 'position', type: 'TEXT', valueOf: ({ version }) => version.position.toString() },
];

/** Each table takes one department or several, whichever of them its list takes. */
export const DEPARTMENTS = { department: departmentFilter, departments: departmentsFilter };

export function departmentsIn({ department, departments }: ValueOf<typeof DEPARTMENTS>): readonly string[] | undefined {
  if (department === undefined) return departments;
  return departments === undefined || departments.includes(department) ? [department] : [];
}
