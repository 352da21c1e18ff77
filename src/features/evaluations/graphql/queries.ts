import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import { AtScope, RequestContext } from '../../../graphql/context';
import { Arguments, ArgumentsOf, fieldArguments } from '../../../graphql/field-arguments';
import { PAGE } from '../../../graphql/pages';
import { loadNode } from '../../../graphql/recorded';
import { RootField, SnapshotType } from '../../../graphql/snapshot';
import { Awaitable } from '../../../kernel/async';
import { yearCode } from '../../../kernel/codes';
import { allOf, is, isAnyOf } from '../../../reading/entity-filter';
import { pageOfList } from '../../../reading/lists/page-of-list';
import { pageRequest } from '../../../reading/pages';
import { Loaded, Scope } from '../../../reading/scope';
import { DepartmentType, loadDepartment } from '../../departments';
import { DEPARTMENT_CODE, DEPARTMENT_OF_ENTITY, FISCAL_YEAR } from '../../shared/descriptions';
import { anyOfChoice, fiscalYearFilter } from '../../shared/fields';
import { EvaluationStatuses } from '../choices';
import { ALL_EVALUATIONS, evaluationListing, EvaluationSummary } from '../listing';
import { evaluationReading } from '../readings';
import { EvaluationView } from '../views';
import { EvaluationConnection, EvaluationType } from './evaluation';

const EvaluationArguments = fieldArguments({
  ...PAGE,
  fiscalYear: fiscalYearFilter,
  status: anyOfChoice(EvaluationStatuses),
});

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
    @Arguments(EvaluationArguments) args: ArgumentsOf<typeof EvaluationArguments>,
    @AtScope() scope: Scope,
    @Ctx() { services }: RequestContext,
  ): Promise<EvaluationConnection> {
    const request = {
      members: ALL_EVALUATIONS,
      page: pageRequest(args, services.limits),
      condition: allOf<EvaluationSummary>(
        is(args.fiscalYear, ({ fiscalYear }) => fiscalYear),
        isAnyOf(args.status, ({ status }) => status),
      ),
    };
    const nodeOf = (loaded: Loaded<EvaluationView>) => new EvaluationType(scope, loaded);
    return new EvaluationConnection(
      await pageOfList({ scope, lists: services.lists }, evaluationListing, request, nodeOf),
    );
  }
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
