import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { changeConnection } from '../../../graphql/change-pages';
import { ChangeConnection, ChangeType } from '../../../graphql/change';
import { RequestContext } from '../../../graphql/context';
import { enumOf } from '../../../graphql/enums';
import { Arguments } from '../../../graphql/field-arguments';
import { ForwardPageArgs, ForwardPageArguments } from '../../../graphql/pages';
import { DecimalScalar, JSONScalar } from '../../../graphql/scalars';
import { pageOfItems, pageRequest } from '../../../reading/pages';
import { Scope } from '../../../reading/scope';
import { ScoredLine } from '../../../scoring/rules';
import { LineScore } from '../../../scoring/score-line';
import { ScoringLineType } from '../../templates';
import { ChangeAt, changesBehind, Owner } from '../changes-behind';
import { ScoreSources } from '../choices';

const ScoreSourceEnum = enumOf(ScoreSources);

/** A score, with where the figures are that it was computed from. */
export interface ScoreInScope {
  readonly scope: Scope;
  readonly figuresAt: Scope;
  readonly line: ScoredLine & ConstructorParameters<typeof ScoringLineType>[0];
  readonly score: LineScore;
  readonly owner: Owner;
}

@ObjectType('LineScore', { description: '评分行的得分。The score of a line of the template.' })
export class LineScoreType {
  constructor(readonly found: ScoreInScope) {}

  @Field(() => ScoringLineType, { simple: true, description: '评分行。The line.' })
  get line(): ScoringLineType {
    return new ScoringLineType(this.found.line);
  }

  @Field(() => DecimalScalar, {
    nullable: true,
    simple: true,
    description:
      '得分，两位小数；尚未评分或不适用时为 null。The score, with 2 decimals; null if the line has none yet, or does not apply.',
  })
  get score(): string | undefined {
    return this.found.score.score;
  }

  @Field(() => Boolean, { simple: true, description: '适用。Whether the line applies.' })
  get applicable(): boolean {
    return this.found.score.applicable;
  }

  @Field(() => JSONScalar, {
    simple: true,
    description:
      '计算依据，数值为文本；规则无法计算时，notComputed 说明原因。What the score was computed from, by name, with numbers as texts. `notComputed` says why the rule gives no score.',
  })
  get inputs(): object {
    return this.found.score.inputs;
  }

  @Field(() => String, {
    nullable: true,
    simple: true,
    description:
      '评分理由；没有且规则无法计算时，为其原因。Why the score is what it is, as a person says; else why the rule gives none.',
  })
  get reason(): string | undefined {
    return this.found.score.reason;
  }

  @Field(() => String, { nullable: true, simple: true, description: '偏差原因。Why the score is below full points.' })
  get deviationReason(): string | undefined {
    return this.found.score.deviationReason;
  }

  @Field(() => String, { nullable: true, simple: true, description: '改进措施。What will be improved.' })
  get improvement(): string | undefined {
    return this.found.score.improvement;
  }

  @Field(() => ScoreSourceEnum, {
    simple: true,
    description: '评分来源。Whether the rule scored the line, or a person does.',
  })
  get scoredBy(): LineScore['source'] {
    return this.found.score.source;
  }
}

@Resolver(() => LineScoreType)
export class LineScoreFields {
  @FieldResolver(() => ChangeConnection, {
    description:
      '依据的变更，按账本次序：预算的各项事实、指标现值的来历、人工评分。The changes that the inputs rest on, in log order: the facts of the budget, the changes that gave an indicator its values, and what a person said.',
  })
  async changes(
    @Root() { found }: LineScoreType,
    @Arguments(ForwardPageArguments) args: ForwardPageArgs,
    @Ctx() { services }: RequestContext,
  ): Promise<ChangeConnection> {
    const { scope, figuresAt, line, score, owner } = found;
    const request = pageRequest(args, services.limits);
    const page = await pageOfItems<ChangeAt, ChangeAt>(await changesBehind(figuresAt, line, score, owner), request, {
      cursorOf: ({ position }) => position.toString(),
      nodeOf: (change) => change,
    });
    const edges = await Promise.all(
      page.edges.map(async ({ cursor, node: { entity, position } }) => ({
        cursor,
        node: new ChangeType(await scope.change(entity, position), scope),
      })),
    );
    return changeConnection({ ...page, edges }, request, scope.positionShown(scope.position));
  }
}
