import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import { AtScope, RequestContext } from '../../../graphql/context';
import { pageOfEntities } from '../../../graphql/entity-pages';
import { PageArgs, pageRequest } from '../../../graphql/pages';
import { Loaded, Scope } from '../../../graphql/scope';
import { loadNode } from '../../../graphql/recorded';
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
  @Field(() => Int, { nullable: true })
  fiscalYear?: number | null;

  @Field(() => [EvaluationStatusEnum], { nullable: true, description: 'Any of these; of an empty list none.' })
  status?: EvaluationStatus[] | null;
}

@Resolver(() => SnapshotType)
export class EvaluationQueries {
  @RootField(() => EvaluationType, { nullable: true })
  evaluation(
    @Arg('department', () => ID) department: string,
    @Arg('fiscalYear', () => Int) fiscalYear: number,
    @AtScope() scope: Scope,
  ): Awaitable<EvaluationType | undefined> {
    return loadEvaluation(scope, yearCode(department, fiscalYear));
  }

  @RootField(() => EvaluationConnection, { nullable: true })
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

/** The test that the arguments make; undefined where all pass. */
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
  @FieldResolver(() => EvaluationType, { nullable: true })
  evaluation(
    @Root() { scope, code }: DepartmentType,
    @Arg('fiscalYear', () => Int) fiscalYear: number,
  ): Awaitable<EvaluationType | undefined> {
    return loadEvaluation(scope, yearCode(code, fiscalYear));
  }
}

@Resolver(() => EvaluationType)
export class EvaluationFields {
  @FieldResolver(() => DepartmentType)
  department(@Root() { scope, view }: EvaluationType): Awaitable<DepartmentType | undefined> {
    return loadDepartment(scope, view.department);
  }
}

export const loadEvaluation = (scope: Scope, code: string): Awaitable<EvaluationType | undefined> =>
  loadNode(scope, evaluationReading, EvaluationType, code);
