import { Field, ID, ObjectType } from 'type-graphql';
import { enumOf } from '../../../graphql/enums';
import { DecimalScalar, JSONScalar } from '../../../graphql/scalars';
import { RuleName } from '../../../scoring/rules';
import { ScoringRules } from '../choices';
import { TemplateLine } from '../events';

const ScoringRuleEnum = enumOf(ScoringRules);

@ObjectType('ScoringLine', {
  description: '评分行：标题或评分项。A line of a scoring template: a heading, or a line with a rule.',
})
export class ScoringLineType {
  constructor(private readonly line: TemplateLine) {}

  @Field(() => ID, { simple: true, description: '代码，在模板内唯一。The code, unique within the template.' })
  get code(): string {
    return this.line.code;
  }

  @Field(() => ID, {
    nullable: true,
    simple: true,
    description: '上级标题的代码；最上层为 null。The code of the heading above it; null at the top.',
  })
  get parent(): string | undefined {
    return this.line.parent;
  }

  @Field(() => String, { simple: true, description: '名称。The name.' })
  get name(): string {
    return this.line.name;
  }

  @Field(() => DecimalScalar, {
    simple: true,
    description: '分值；标题为其下各行之和。The points; of a heading the sum of its lines.',
  })
  get points(): string {
    return this.line.points;
  }

  @Field(() => ScoringRuleEnum, {
    nullable: true,
    simple: true,
    description: '评分规则；标题为 null。How the line is scored; null for a heading.',
  })
  get rule(): RuleName | undefined {
    return this.line.rule;
  }

  @Field(() => JSONScalar, {
    simple: true,
    description: '参数；数值为文本。The parameters of the rule, with numbers as texts; empty for a heading.',
  })
  get parameters(): object {
    return this.line.rule === undefined ? {} : this.line.parameters;
  }

  @Field(() => Boolean, {
    simple: true,
    description:
      '未得满分须说明。Whether a score below full points needs a deviation reason and an improvement (REASON_REQUIRED).',
  })
  get reasonBelowFull(): boolean {
    return this.line.reasonBelowFull;
  }
}
