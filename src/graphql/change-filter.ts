import { Field, ID, InputType, Int } from 'type-graphql';
import { EntityType } from '../kernel/codes';
import { EntityTypeEnum } from './change';
import { MomentScalar } from './scalars';

const FROM = '起始时间。Inclusive; a date means its 00:00.';
const TO = '截止时间。Inclusive; a date means its end.';

/** Judged by `readFilter`, wherever a filter is given. */
@InputType('ChangeFilter', {
  description:
    '变更筛选。须符合所给的每一项；未给的项不作限制，空列表不匹配任何变更。永远不可能匹配的筛选（代码格式错误、未知的类型、空值、起晚于止的区间）报 BAD_USER_INPUT。Changes that match every part that is given; a part that is left out matches all, an empty list matches none. A filter that can never match (a malformed code, an unknown type, an empty value, a reversed range) is refused with BAD_USER_INPUT.',
})
export class ChangeFilterInput {
  @Field(() => [ID], { nullable: true, description: '部门。Codes of departments.' })
  departments?: string[] | null;

  @Field(() => [Int], { nullable: true, description: '预算年度。Fiscal years.' })
  fiscalYears?: number[] | null;

  @Field(() => [EntityTypeEnum], { nullable: true, description: '实体类型。Kinds of entity.' })
  entityTypes?: EntityType[] | null;

  @Field(() => [String], {
    nullable: true,
    description: '实体。Codes of entities; of budgets and evaluations DEPARTMENT.YEAR.',
  })
  entities?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: '变更类型。Types of event, such as "ExpenditureRecorded"; upper and lower case count.',
  })
  types?: string[] | null;

  @Field(() => [ID], { nullable: true, description: '操作人。The subjects (sub) of actors.' })
  actors?: string[] | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "迟报天数。Recorded at least this many days after its effective date, as first recorded, in days of the ledger's time zone.",
  })
  lateByDays?: number | null;

  @Field(() => Boolean, { nullable: true, description: '更正。Corrections only, or anything but them.' })
  corrections?: boolean | null;

  @Field(() => MomentScalar, { nullable: true, description: FROM })
  recordedFrom?: string | null;

  @Field(() => MomentScalar, { nullable: true, description: TO })
  recordedTo?: string | null;

  @Field(() => MomentScalar, { nullable: true, description: FROM })
  effectiveFrom?: string | null;

  @Field(() => MomentScalar, { nullable: true, description: TO })
  effectiveTo?: string | null;
}
