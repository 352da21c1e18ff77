import { Arg, Ctx, ID, Int, Resolver } from 'type-graphql';
import { AtScope, RequestContext } from '../../../graphql/context';
import { RootField, SnapshotType } from '../../../graphql/snapshot';
import { monitor } from '../../../monitoring/monitor';
import { Scope } from '../../../reading/scope';
import { DEPARTMENT_CODE, FISCAL_YEAR } from '../../shared/descriptions';
import { readMonitored } from '../readings';
import { MonitoringType } from './monitoring';

@Resolver(() => SnapshotType)
export class MonitoringQueries {
  @RootField(() => MonitoringType, {
    nullable: true,
    description:
      '部门在该预算年度的双监控；没有该部门时为 null。The monitoring of a department for a fiscal year; null if there is no such department.',
  })
  async monitoring(
    @Arg('department', () => ID, { description: DEPARTMENT_CODE }) department: string,
    @Arg('fiscalYear', () => Int, { description: FISCAL_YEAR }) fiscalYear: number,
    @AtScope() scope: Scope,
    @Ctx() { services }: RequestContext,
  ): Promise<MonitoringType | undefined> {
    const figures = await readMonitored(scope, department, fiscalYear);
    return figures && new MonitoringType(monitor(services.alertRules, figures));
  }
}
