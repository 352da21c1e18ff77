import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import { AtScope, RequestContext } from '../../../graphql/context';
import { Arguments, ArgumentsOf, fieldArguments } from '../../../graphql/field-arguments';
import { PAGE } from '../../../graphql/pages';
import { loadNode } from '../../../graphql/recorded';
import { RootField, SnapshotType } from '../../../graphql/snapshot';
import { Awaitable } from '../../../kernel/async';
import { pageOfList } from '../../../reading/lists/page-of-list';
import { pageRequest } from '../../../reading/pages';
import { Loaded, Scope } from '../../../reading/scope';
import { DEPARTMENT_CODE } from '../../shared/descriptions';
import { loadFiscalYears } from '../../shared/fiscal-years';
import { SEARCH } from '../../shared/list-arguments';
import { ALL_DEPARTMENTS, departmentListing } from '../listing';
import { departmentReading } from '../readings';
import { DepartmentView } from '../record';
import { DepartmentConnection, DepartmentType } from './department';

const DepartmentArguments = fieldArguments({ ...PAGE, ...SEARCH });

@Resolver(() => SnapshotType)
export class DepartmentQueries {
  @RootField(() => DepartmentType, {
    nullable: true,
    description: '部门；没有该部门时为 null。The department with this code; null if there is none.',
  })
  department(
    @Arg('code', () => ID, { description: DEPARTMENT_CODE }) code: string,
    @AtScope() scope: Scope,
  ): Awaitable<DepartmentType | undefined> {
    return loadDepartment(scope, code);
  }

  @RootField(() => DepartmentConnection, {
    nullable: true,
    description: '部门列表，同时满足所有条件，按代码排列。The departments that meet all of the conditions, by code.',
  })
  async departments(
    @Arguments(DepartmentArguments) { codes, search, ...args }: ArgumentsOf<typeof DepartmentArguments>,
    @AtScope() scope: Scope,
    @Ctx() { services }: RequestContext,
  ): Promise<DepartmentConnection> {
    const request = { members: ALL_DEPARTMENTS, page: pageRequest(args, services.limits), codes, search };
    const nodeOf = (loaded: Loaded<DepartmentView>) => new DepartmentType(scope, loaded);
    return new DepartmentConnection(
      await pageOfList({ scope, lists: services.lists }, departmentListing, request, nodeOf),
    );
  }
}

@Resolver(() => DepartmentType)
export class DepartmentFields {
  @FieldResolver(() => [Int], {
    description:
      '该部门有预算、任务、指标或自评的预算年度，升序。The fiscal years in which the department has a budget, a task, an indicator or an evaluation, ascending.',
  })
  fiscalYears(@Root() { scope, code }: DepartmentType): Awaitable<readonly number[]> {
    return loadFiscalYears(scope, code);
  }
}

export const loadDepartment = (scope: Scope, code: string): Awaitable<DepartmentType | undefined> =>
  loadNode(scope, departmentReading, DepartmentType, code);
