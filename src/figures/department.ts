import { departmentReading } from '../features/departments/readings';
import { Lineages } from '../reading/lineage';
import { Scope } from '../reading/scope';
import { Origins } from './origins';
import { Source } from './source';

export interface DepartmentFigures {
  readonly code: string;
  readonly name: string;
  readonly nameSource?: Source;
  readonly level?: string;
  readonly levelSource?: Source;
  readonly functions: readonly string[];
  readonly functionsSource?: Source;
}

/** undefined if there is no such department, or the caller may not read it. */
export async function readDepartment(
  lineages: Lineages,
  scope: Scope,
  code: string,
): Promise<DepartmentFigures | undefined> {
  const loaded = await scope.entity(departmentReading, code);
  if (loaded === undefined) return undefined;
  const origins = await Origins.of(lineages, scope, loaded);
  const { name, level, functions } = loaded.view;
  return {
    code,
    name,
    nameSource: origins.at('/name'),
    level,
    levelSource: origins.at('/level'),
    functions,
    functionsSource: origins.at('/functions'),
  };
}
