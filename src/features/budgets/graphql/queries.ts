import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import { AtScope, RequestContext } from '../../../graphql/context';
import { pageOfEntities } from '../../../graphql/entity-pages';
import { cutPage, PageArgs, pageRequest, walkOfIndexes } from '../../../graphql/pages';
import { Loaded, Reading, Scope } from '../../../graphql/scope';
import { loadNode } from '../../../graphql/recorded';
import { SERIES_DESCRIPTION, SeriesArgs, seriesOf } from '../../../graphql/series';
import { RootField, SnapshotType } from '../../../graphql/snapshot';
import { IsFiscalYear } from '../../../graphql/validation';
import { Awaitable } from '../../../kernel/async';
import { yearCode } from '../../../kernel/codes';
import { DepartmentType, loadDepartment } from '../../departments';
import { bridgeOf } from '../bridge';
import { FundSource } from '../events';
import { BudgetFact } from '../facts';
import { budgetFold, BudgetRecord } from '../record';
import { BudgetView, entryCursor, TotalsView, viewAmounts, viewEntries, viewEntry } from '../views';
import { BridgeStepType } from './bridge';
import { BudgetConnection, BudgetLineType, budgetReading, BudgetType } from './budget';
import { EntryArgs, EntryConnection, entryFilter, EntryType } from './entries';
import { FundSourceEnum } from './enums';
import { loadLines } from './lines';
import { BudgetPointType } from './point';

@ArgsType()
class BudgetArgs extends PageArgs {
  @IsFiscalYear()
  @Field(() => Int, { nullable: true })
  fiscalYear?: number | null;
}

@Resolver(() => SnapshotType)
export class BudgetQueries {
  @RootField(() => BudgetType, { nullable: true })
  budget(
    @Arg('department', () => ID) department: string,
    @Arg('fiscalYear', () => Int) fiscalYear: number,
    @AtScope() scope: Scope,
  ): Awaitable<BudgetType | undefined> {
    return loadBudget(scope, yearCode(department, fiscalYear));
  }

  @RootField(() => BudgetConnection, { nullable: true })
  async budgets(
    @Args(() => BudgetArgs) { fiscalYear, ...args }: BudgetArgs,
    @AtScope() scope: Scope,
    @Ctx() { services }: RequestContext,
  ): Promise<BudgetConnection> {
    const request = pageRequest(args, services.limits);
    const inYear = typeof fiscalYear === 'number' ? ofYear(fiscalYear) : undefined;
    const nodeOf = (loaded: Loaded<BudgetView>) => new BudgetType(scope, loaded);
    return new BudgetConnection(await pageOfEntities(scope, budgetReading, 'BUDGET', request, nodeOf, inYear));
  }
}

const ofYear =
  (fiscalYear: number) =>
  ({ view }: Loaded<BudgetView>): boolean =>
    view.fiscalYear === fiscalYear;

/** A series shows the amounts alone. */
const amountsReading: Reading<BudgetRecord, TotalsView> = { ...budgetFold, view: viewAmounts };

@Resolver(() => DepartmentType)
export class DepartmentBudgetFields {
  @FieldResolver(() => BudgetType, { nullable: true })
  budget(
    @Root() { scope, code }: DepartmentType,
    @Arg('fiscalYear', () => Int) fiscalYear: number,
  ): Awaitable<BudgetType | undefined> {
    return loadBudget(scope, yearCode(code, fiscalYear));
  }
}

@Resolver(() => BudgetType)
export class BudgetFields {
  @FieldResolver(() => DepartmentType)
  department(@Root() { scope, view }: BudgetType): Awaitable<DepartmentType | undefined> {
    return loadDepartment(scope, view.department);
  }

  @FieldResolver(() => [BudgetLineType], { description: '预算明细。By code.' })
  async lines(
    @Root() { scope, loaded }: BudgetType,
    @Arg('fundSource', () => FundSourceEnum, { nullable: true }) fundSource: FundSource | null | undefined,
  ): Promise<readonly BudgetLineType[]> {
    const lines = await loadLines(scope, loaded);
    return lines
      .filter((line) => typeof fundSource !== 'string' || line.definition.fundSource === fundSource)
      .map((line) => new BudgetLineType(line));
  }

  @FieldResolver(() => [BridgeStepType], {
    description:
      '调整过程。The ordered steps from opening to revised: by effective date, then position. Opening + the sum of amounts is revised, exactly, at every prefix. A corrected fact is one step with its restated amount and date; corrections are no steps.',
  })
  async bridge(@Root() { scope, loaded }: BudgetType): Promise<readonly BridgeStepType[]> {
    const record = await scope.record(budgetFold, loaded);
    return bridgeOf(record, scope.effectiveAt).map((step) => new BridgeStepType(scope, loaded.entity, step));
  }

  @FieldResolver(() => [BudgetPointType], { description: SERIES_DESCRIPTION })
  async series(
    @Root() { scope, loaded }: BudgetType,
    @Args(() => SeriesArgs) args: SeriesArgs,
  ): Promise<readonly BudgetPointType[]> {
    const points = await seriesOf(scope, amountsReading, loaded, args);
    return points.map((point) => new BudgetPointType(point));
  }

  @FieldResolver(() => EntryConnection, {
    description: '分录。The facts of this budget, one by one, by effective date, then position.',
  })
  async entries(
    @Root() { scope, loaded }: BudgetType,
    @Args(() => EntryArgs) args: EntryArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<EntryConnection> {
    const isWanted = entryFilter(args, services.calendar);
    const record = await scope.record(budgetFold, loaded);
    const facts = viewEntries(record, scope.effectiveAt).filter(isWanted);
    const page = await cutPage(
      pageRequest(args, services.limits),
      walkOfIndexes(
        facts.length,
        (index) => entryCursor(facts[index] as BudgetFact),
        (cursor) => facts.findIndex((fact) => entryCursor(fact) === cursor),
      ),
    );
    const nodeOf = (index: number) => {
      const entry = viewEntry(record, facts[index] as BudgetFact, scope.effectiveAt);
      return new EntryType(scope, loaded.entity, entry);
    };
    return new EntryConnection({
      ...page,
      edges: page.edges.map(({ cursor, node }) => ({ cursor, node: nodeOf(node) })),
    });
  }
}

export const loadBudget = (scope: Scope, code: string): Awaitable<BudgetType | undefined> =>
  loadNode(scope, budgetReading, BudgetType, code);
