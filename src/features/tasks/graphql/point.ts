import { Field, ObjectType } from 'type-graphql';
import { DateTimeScalar, DecimalScalar } from '../../../graphql/scalars';
import { Decimal } from '../../../kernel/decimal';
import { Instant } from '../../../kernel/time';
import { POINT_MOMENT } from '../../shared/descriptions';
import { TaskStatus } from '../views';
import { TaskStatusEnum } from './task';

@ObjectType('TaskPoint', { description: '任务序列点：任务在某一时点的进展。How far a task was at one moment.' })
export class TaskPointType {
  @Field(() => DateTimeScalar, { simple: true, description: POINT_MOMENT })
  readonly at!: Instant;

  @Field(() => DecimalScalar, {
    simple: true,
    description: '该时点的进度，百分比，0 至 100。The progress at this moment, in percent, 0 to 100.',
  })
  readonly progress!: Decimal;

  @Field(() => TaskStatusEnum, { simple: true, description: '该时点的状态。The status at this moment.' })
  readonly status!: TaskStatus;
}
