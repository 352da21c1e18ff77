import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Node } from '../../../graphql/node-type';
import { countedConnectionTypes } from '../../../graphql/pages';
import { payloadType } from '../../../graphql/payload';
import { EntityNode, Recorded } from '../../../graphql/recorded';
import { DecimalScalar } from '../../../graphql/scalars';
import { ScoringLineType } from './line';
import { TemplateView } from '../views';

@ObjectType('ScoringTemplate', {
  implements: [Node, Recorded],
  description:
    '评分模板：一个版本。A version of a scoring template: a tree of lines with points. Each publication is one change of the template, and the version is its revision. A published version never changes. All may read it.',
})
export class ScoringTemplateType extends EntityNode<TemplateView> {
  @Field(() => ID, { simple: true, description: '模板代码，区分大小写。The code of the template; its case matters.' })
  override get code(): string {
    return this.view.code;
  }

  @Field(() => Int, { simple: true, description: '版本，从 1 起。The version, from 1.' })
  get version(): number {
    return this.view.version;
  }

  @Field(() => String, { simple: true, description: '名称。The name.' })
  get name(): string {
    return this.view.name;
  }

  @Field(() => Boolean, {
    simple: true,
    description: '非官方。Whether it is not an authority’s: that is shown wherever its scores are shown.',
  })
  get unofficial(): boolean {
    return this.view.unofficial;
  }

  @Field(() => [ScoringLineType], { simple: true, description: '评分行，按发布时的次序。The lines, as published.' })
  get lines(): readonly ScoringLineType[] {
    return this.view.lines.map((line) => new ScoringLineType(line));
  }

  @Field(() => DecimalScalar, { simple: true, description: '总分值，恒为 100。The points of the whole: always 100.' })
  get totalPoints(): string {
    return this.view.totalPoints;
  }
}

export const ScoringTemplatePayload = payloadType(
  'ScoringTemplate',
  ScoringTemplateType,
  '评分模板发布结果。The result of the publication of a scoring template.',
);

export const ScoringTemplateConnection = countedConnectionTypes(
  'ScoringTemplate',
  () => ScoringTemplateType,
  '评分模板分页，按代码排列，游标为代码。A page of scoring templates, each in its newest version, by code; a cursor is a code',
);
export type ScoringTemplateConnection = InstanceType<typeof ScoringTemplateConnection>;
