import { FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { LooksBeyond } from '../../../graphql/lasting/looks-beyond';
import { DateTimeScalar, DecimalScalar, PositionScalar } from '../../../graphql/scalars';
import { Awaitable } from '../../../kernel/async';
import { loadTemplateVersion, ScoringTemplateType } from '../../templates';
import { scoresAsSubmitted, ShownScores, shownScores, totalNow } from '../shown-scores';
import { EvaluationType } from './evaluation';
import { LineScoreType } from './line-score';
import { lineScoresOf } from './line-scores-of';
import { PublishedRoundType } from './published-round';

/** The scores that several fields of one evaluation share. */
const shown = new WeakMap<EvaluationType, Promise<ShownScores | undefined>>();

function scoresOf(evaluation: EvaluationType): Promise<ShownScores | undefined> {
  let found = shown.get(evaluation);
  if (found === undefined) shown.set(evaluation, (found = shownScores(evaluation.scope, evaluation.view)));
  return found;
}

@Resolver(() => EvaluationType)
export class EvaluationScoringFields {
  @FieldResolver(() => ScoringTemplateType, {
    nullable: true,
    description:
      '评分模板，开启自评时固定的版本；没有时为 null。The version of the template that the evaluation is scored by; null if there is none.',
  })
  template(@Root() { scope, view }: EvaluationType): Awaitable<ScoringTemplateType | undefined> {
    return view.template && loadTemplateVersion(scope, view.template.code, view.template.version);
  }

  @FieldResolver(() => PositionScalar, {
    nullable: true,
    description:
      '评分所依据的账本位置；起草或退回时为 null。The position that the submitted scores were computed at; null in DRAFT and RETURNED, and without a template.',
  })
  async scoredAt(@Root() evaluation: EvaluationType): Promise<bigint | undefined> {
    return evaluation.view.scored && (await scoresOf(evaluation))?.figuresAt.position;
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description:
      '评分所依据的生效时间，即提交的生效时间。The effective moment that the submitted scores were computed at: that of the submission. null whenever scoredAt is.',
  })
  async scoredEffectiveAt(@Root() evaluation: EvaluationType): Promise<number | undefined> {
    return evaluation.view.scored && (await scoresOf(evaluation))?.figuresAt.effectiveAt;
  }

  @FieldResolver(() => [LineScoreType], {
    description:
      '各行得分，按模板的次序；提交后固定不变，起草或退回时按该快照计算；没有模板时为空。The scores of the lines, in the order of the template. They are as submitted, and never change. In DRAFT and RETURNED they are computed at the snapshot. Empty without a template.',
  })
  async scores(@Root() evaluation: EvaluationType): Promise<readonly LineScoreType[]> {
    const found = await scoresOf(evaluation);
    return found === undefined ? [] : lineScoresOf(evaluation.scope, evaluation.view, found);
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description:
      '按模板计算的得分，两位小数，与部门自报的 selfScore 并列；没有模板、尚有适用的行没有得分或没有适用的行时为 null。The total of the scores, with 2 decimals, beside selfScore, which is what the department says; null without a template, while a line that applies has no score, and if no line applies.',
  })
  async computedScore(@Root() evaluation: EvaluationType): Promise<string | null> {
    return (await scoresOf(evaluation))?.total ?? null;
  }

  @FieldResolver(() => DecimalScalar, {
    nullable: true,
    description:
      '如在该快照按模板的最新版本评分的得分，不改变已提交的内容。The total as if it were scored at the snapshot by the newest version of its template. It never changes what was submitted.',
  })
  @LooksBeyond()
  wouldBe(@Root() { scope, view }: EvaluationType): Promise<string | null> {
    return totalNow(scope, view);
  }

  @FieldResolver(() => PublishedRoundType, {
    nullable: true,
    description:
      '最近公开的一轮；修订期间保持不变，直至再次公开。The round that was published last. A revision leaves it as it is until another round is published.',
  })
  published(@Root() { scope, loaded }: EvaluationType): PublishedRoundType | undefined {
    const { published } = loaded.view;
    return published && new PublishedRoundType(scope, loaded, published);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      '公开后所修订的轮次；未修订时为 null。The published round that is being corrected, or was; null if none.',
  })
  revises(@Root() { view }: EvaluationType): number | undefined {
    return view.revises;
  }
}

@Resolver(() => PublishedRoundType)
export class PublishedRoundFields {
  @FieldResolver(() => [LineScoreType], {
    description: '各行得分，按模板的次序；没有模板时为空。The scores of the lines, in the order of the template.',
  })
  async scores(@Root() { scope, loaded, published }: PublishedRoundType): Promise<readonly LineScoreType[]> {
    const { template } = loaded.view;
    const { scored } = published;
    if (template === undefined || scored === undefined) return [];
    return lineScoresOf(scope, loaded.view, await scoresAsSubmitted(scope, template, scored));
  }
}
