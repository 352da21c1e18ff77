import { Arg, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { LooksBeyond } from '../../../graphql/lasting/looks-beyond';
import { DecimalScalar } from '../../../graphql/scalars';
import { DepartmentType } from '../../departments';
import { FISCAL_YEAR } from '../../shared/descriptions';
import { trialScores } from '../shown-scores';
import { LineScoreType } from './line-score';
import { lineScoresOf } from './line-scores-of';

@ObjectType('TrialScores', {
  description:
    '试算：只按数据计算的得分，没有人工评分。What a year scores by a template from figures only: a line that needs a person has no score.',
})
class TrialScoresType {
  @Field(() => [LineScoreType], {
    simple: true,
    description:
      '各行得分，按模板的次序；须人工评分的行没有得分，并说明原因。The scores of the lines, in the order of the template. A line that needs a person has none, and says why.',
  })
  readonly scores!: readonly LineScoreType[];

  @Field(() => DecimalScalar, {
    nullable: true,
    simple: true,
    description: '合计，两位小数；尚有行没有得分时为 null。The total, with 2 decimals; null while a line has no score.',
  })
  readonly computedScore!: string | null;
}

@Resolver(() => DepartmentType)
export class DepartmentTrialFields {
  @FieldResolver(() => TrialScoresType, {
    nullable: true,
    description:
      '试算：该部门该年度按某个模板的得分，按该快照的数据计算，不记录；没有该模板时为 null。What a year of the department scores by a template, computed at the snapshot. Nothing is recorded. null if there is no such template.',
  })
  @LooksBeyond()
  async trialScores(
    @Root() { scope, code: department }: DepartmentType,
    @Arg('fiscalYear', () => Int, { description: FISCAL_YEAR }) fiscalYear: number,
    @Arg('template', () => ID, { description: '评分模板的代码。The code of the scoring template.' }) template: string,
    @Arg('templateVersion', () => Int, {
      nullable: true,
      description: '模板版本；不填则为最新版本。The version of the template; left out: the newest.',
    })
    version: number | null | undefined,
  ): Promise<TrialScoresType | undefined> {
    const year = { department, fiscalYear };
    const found = await trialScores(scope, { code: template, version: version ?? undefined }, year);
    return found && { scores: lineScoresOf(scope, year, found), computedScore: found.total };
  }
}
