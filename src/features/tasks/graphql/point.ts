import { Field, ObjectType } from 'type-graphql';
import { DateTimeScalar, DecimalScalar } from '../../../graphql/scalars';
import { Decimal } from '../../../kernel/decimal';
import { Instant } from '../../../kernel/time';
import { TaskStatus } from '../views';
import { TaskStatusEnum } from './enums';

@ObjectType('TaskPoint', { description: '任务序列点。How far a task was at one moment.' })
export class TaskPointType {
  @Field(() => DateTimeScalar, { simple: true })
  readonly at!: Instant;

  @Field(() => DecimalScalar, { simple: true })
  readonly progress!: Decimal;

  @Field(() => TaskStatusEnum, { simple: true })
  readonly status!: TaskStatus;
}
