import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import { AtScope, RequestContext } from '../../../graphql/context';
import { Arguments } from '../../../graphql/field-arguments';
import { PageArgs, PageArguments } from '../../../graphql/pages';
import { loadNode } from '../../../graphql/recorded';
import { RootField, SnapshotType } from '../../../graphql/snapshot';
import { Awaitable } from '../../../kernel/async';
import { pageOfEntities } from '../../../reading/entity-pages';
import { pageRequest } from '../../../reading/pages';
import { Scope } from '../../../reading/scope';
import { DEPARTMENT_CODE } from '../../shared/descriptions';
import { loadFiscalYears } from '../../shared/fiscal-years';
import { departmentReading } from '../readings';
import { DepartmentConnection, DepartmentType } from './department';

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
    description: '部门列表，按代码排列。The departments, by code.',
  })
  async departments(
    @Arguments(PageArguments) args: PageArgs,
    @AtScope() scope: Scope,
    @Ctx() { services }: RequestContext,
  ): Promise<DepartmentConnection> {
    const request = pageRequest(args, services.limits);
    const page = await pageOfEntities(
      scope,
      departmentReading,
      'DEPARTMENT',
      request,
      (loaded) => new DepartmentType(scope, loaded),
    );
    return new DepartmentConnection(page);
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
