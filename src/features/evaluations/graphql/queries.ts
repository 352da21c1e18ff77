import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import { AtScope, RequestContext } from '../../../graphql/context';
import { pageOfEntities } from '../../../reading/entity-pages';
import { PageArgs, pageRequest } from '../../../graphql/pages';
import { Loaded, Scope } from '../../../reading/scope';
import { loadNode } from '../../../graphql/recorded';
import {
  ANY_OF,
  DEPARTMENT_CODE,
  DEPARTMENT_OF_ENTITY,
  FISCAL_YEAR,
  FISCAL_YEAR_FILTER,
} from '../../../graphql/shared-descriptions';
import { RootField, SnapshotType } from '../../../graphql/snapshot';
import { IsFiscalYear } from '../../../graphql/validation';
import { Awaitable } from '../../../kernel/async';
import { yearCode } from '../../../kernel/codes';
import { DepartmentType, loadDepartment } from '../../departments';
import { EvaluationStatus } from '../record';
import { EvaluationView } from '../views';
import { EvaluationConnection, evaluationReading, EvaluationStatusEnum, EvaluationType } from './evaluation';

@ArgsType()
class EvaluationArgs extends PageArgs {
  @IsFiscalYear()
  @Field(() => Int, { nullable: true, description: FISCAL_YEAR_FILTER })
  fiscalYear?: number | null;

  @Field(() => [EvaluationStatusEnum], { nullable: true, description: ANY_OF })
  status?: EvaluationStatus[] | null;
}

@Resolver(() => SnapshotType)
export class EvaluationQueries {
  @RootField(() => EvaluationType, {
    nullable: true,
    description:
      '部门在该预算年度的自评；没有时为 null。The evaluation of a department for a fiscal year; null if there is none.',
  })
  evaluation(
    @Arg('department', () => ID, { description: DEPARTMENT_CODE }) department: string,
    @Arg('fiscalYear', () => Int, { description: FISCAL_YEAR }) fiscalYear: number,
    @AtScope() scope: Scope,
  ): Awaitable<EvaluationType | undefined> {
    return loadEvaluation(scope, yearCode(department, fiscalYear));
  }

  @RootField(() => EvaluationConnection, {
    nullable: true,
    description: '自评列表，按代码排列；同时满足所有条件。The evaluations that meet all of the conditions, by code.',
  })
  async evaluations(
    @Args(() => EvaluationArgs) args: EvaluationArgs,
    @AtScope() scope: Scope,
    @Ctx() { services }: RequestContext,
  ): Promise<EvaluationConnection> {
    const page = await pageOfEntities(
      scope,
      evaluationReading,
      'EVALUATION',
      pageRequest(args, services.limits),
      (loaded) => new EvaluationType(scope, loaded),
      evaluationFilter(args),
    );
    return new EvaluationConnection(page);
  }
}

/** The test that the arguments make; undefined if all pass. */
function evaluationFilter({
  fiscalYear,
  status,
}: EvaluationArgs): ((loaded: Loaded<EvaluationView>) => boolean) | undefined {
  const tests: ((view: EvaluationView) => boolean)[] = [];
  if (typeof fiscalYear === 'number') tests.push((view) => view.fiscalYear === fiscalYear);
  if (status) tests.push((view) => status.includes(view.status));
  return tests.length === 0 ? undefined : ({ view }) => tests.every((test) => test(view));
}

@Resolver(() => DepartmentType)
export class DepartmentEvaluationFields {
  @FieldResolver(() => EvaluationType, {
    nullable: true,
    description:
      '该部门在该预算年度的自评；没有时为 null。The evaluation of the department for the fiscal year; null if there is none.',
  })
  evaluation(
    @Root() { scope, code }: DepartmentType,
    @Arg('fiscalYear', () => Int, { description: FISCAL_YEAR }) fiscalYear: number,
  ): Awaitable<EvaluationType | undefined> {
    return loadEvaluation(scope, yearCode(code, fiscalYear));
  }
}

@Resolver(() => EvaluationType)
export class EvaluationFields {
  @FieldResolver(() => DepartmentType, { description: DEPARTMENT_OF_ENTITY })
  department(@Root() { scope, view }: EvaluationType): Awaitable<DepartmentType | undefined> {
    return loadDepartment(scope, view.department);
  }
}

export const loadEvaluation = (scope: Scope, code: string): Awaitable<EvaluationType | undefined> =>
  loadNode(scope, evaluationReading, EvaluationType, code);
