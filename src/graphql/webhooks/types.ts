import { Field, ID, Int, ObjectType } from 'type-graphql';
import { JsonObject } from '../../kernel/json';
import { Instant } from '../../kernel/time';
import { Attempt, ATTEMPT_OUTCOMES } from '../../webhooks/attempt';
import { dueAfter } from '../../webhooks/back-off';
import { STATUSES, STOP_REASONS, Webhook } from '../../webhooks/webhook';
import { enumType } from '../enums';
import { DateTimeScalar, JSONScalar, PositionScalar } from '../scalars';

const StatusEnum = enumType('WebhookStatus', STATUSES, '推送状态。Whether a webhook delivers.', {
  ACTIVE: '推送中。It delivers.',
  PAUSED: '已暂停。A person has paused it.',
  STOPPED: '已停止。The server has given it up: stopReason says why.',
});

const StopReasonEnum = enumType('WebhookStopReason', STOP_REASONS, '停止原因。Why the server gave a webhook up.', {
  FAILURES: '连续失败过多。Too many attempts in a row have failed.',
  GONE: '接收方答复 410。The receiver answered 410: it wants no more.',
  RIGHT_LOST: '订阅人已无此权限。The roles of the subscriber may not manage webhooks any more.',
  FILTER_UNKNOWN: '筛选已不被识别。The filter is not one of this version of the program.',
  LOG_REPLACED: '账本已被替换。The ledger was restored from a copy: it does not have what was delivered last.',
});

const OutcomeEnum = enumType('WebhookOutcome', ATTEMPT_OUTCOMES, '推送结果。How an attempt ended.', {
  DELIVERED: '已送达。The receiver answered 2xx.',
  REFUSED: '接收方未接受。The receiver answered another status; redirects are not followed.',
  TIMED_OUT: '超时。There was no answer in time.',
  NOT_CONNECTED: '连接失败。There was no connection, its certificate is wrong, or it was closed without an answer.',
  NAME_NOT_FOUND: '域名无法解析。The name has no address.',
  ADDRESS_NOT_ALLOWED: '地址不允许。One of the addresses of the name is not public.',
  SECRET_MISSING: '缺少密钥。The process that delivers does not have the secret.',
});

@ObjectType('Webhook', {
  description:
    '推送订阅：按账本顺序把变更逐条送往接收地址，至少一次。A webhook: it sends changes to an address, one by one in the order of the log, each at least once.',
})
export class WebhookType {
  constructor(private readonly webhook: Webhook) {}

  @Field(() => ID, { simple: true, description: '代码。The code of the webhook.' })
  get code(): string {
    return this.webhook.code;
  }

  @Field(() => String, { simple: true, description: '接收地址。The address of the receiver.' })
  get url(): string {
    return this.webhook.url;
  }

  @Field(() => JSONScalar, { simple: true, description: '筛选。The filter, as it was sent.' })
  get filter(): JsonObject {
    return this.webhook.filter;
  }

  @Field(() => StatusEnum, { simple: true, description: '状态。Whether it delivers.' })
  get status(): Webhook['status'] {
    return this.webhook.status;
  }

  @Field(() => StopReasonEnum, {
    nullable: true,
    simple: true,
    description: '停止原因。Why the server gave it up; null if it did not.',
  })
  get stopReason(): Webhook['stopReason'] {
    return this.webhook.stopReason;
  }

  @Field(() => PositionScalar, {
    simple: true,
    description:
      '账本位置。Every matching change up to here was delivered, as far as that is on record: it is written every few seconds.',
  })
  get position(): bigint {
    return this.webhook.position;
  }

  @Field(() => Int, { simple: true, description: '连续失败次数。How many attempts in a row have failed.' })
  get failures(): number {
    return this.webhook.failures;
  }

  @Field(() => DateTimeScalar, {
    nullable: true,
    simple: true,
    description: '下次尝试时间。When a failed delivery is tried again; null if none has failed.',
  })
  get nextAttemptAt(): Instant | undefined {
    const { status, failures, lastAttempt } = this.webhook;
    return status === 'ACTIVE' ? dueAfter(failures, lastAttempt) : undefined;
  }

  @Field(() => ID, { simple: true, description: '订阅人。The sub of the person that subscribed.' })
  get subscriber(): string {
    return this.webhook.subscriber.sub;
  }

  @Field(() => [String], {
    simple: true,
    description: '订阅人的角色。The roles of the subscriber, as its token had them.',
  })
  get roles(): readonly string[] {
    return this.webhook.subscriber.roles;
  }

  @Field(() => [ID], {
    simple: true,
    description:
      '订阅人可读的部门。The departments that the subscriber reads: codes, prefixes that end in *, or *. Nothing of others is sent.',
  })
  get readDepartments(): readonly string[] {
    return this.webhook.subscriber.readDepartments;
  }

  @Field(() => DateTimeScalar, { simple: true, description: '订阅时间。When it was subscribed.' })
  get subscribedAt(): Instant {
    return this.webhook.subscribedAt;
  }

  @Field(() => String, {
    simple: true,
    description: '密钥的 SHA-256。The SHA-256 of the secret, in hexadecimal digits.',
  })
  get secretHash(): string {
    return this.webhook.secretHash;
  }

  @Field(() => DateTimeScalar, {
    nullable: true,
    simple: true,
    description: '旧密钥有效期至。Until when the secret before signs too; null if there is none.',
  })
  get previousSecretUntil(): Instant | undefined {
    return this.webhook.previousSecret?.until;
  }
}

@ObjectType('WebhookAttempt', { description: '推送尝试。One attempt to deliver one change.' })
export class WebhookAttemptType {
  constructor(private readonly attempt: Attempt) {}

  @Field(() => ID, { simple: true, description: '变更标识，即 webhook-id。The eventId of the change: the webhook-id.' })
  get eventId(): string {
    return this.attempt.eventId;
  }

  @Field(() => PositionScalar, { simple: true, description: '账本位置。The position of the change.' })
  get position(): bigint {
    return this.attempt.position;
  }

  @Field(() => Int, { simple: true, description: '第几次尝试。Which attempt for this change it was, from 1.' })
  get number(): number {
    return this.attempt.number;
  }

  @Field(() => DateTimeScalar, { simple: true, description: '时间。When it began.' })
  get at(): Instant {
    return this.attempt.at;
  }

  @Field(() => Int, { simple: true, description: '耗时毫秒数。How many milliseconds it took.' })
  get milliseconds(): number {
    return this.attempt.ms;
  }

  @Field(() => OutcomeEnum, { simple: true, description: '结果。How it ended.' })
  get outcome(): Attempt['outcome'] {
    return this.attempt.outcome;
  }

  @Field(() => Int, {
    nullable: true,
    simple: true,
    description: 'HTTP 状态码。The HTTP status of the answer; null if there was none.',
  })
  get status(): number | undefined {
    return this.attempt.status;
  }
}

@ObjectType('WebhookPayload', { description: '推送订阅的写入结果。What a mutation of a webhook answers.' })
export class WebhookPayload {
  @Field(() => WebhookType, {
    nullable: true,
    simple: true,
    description: '推送订阅；终止后为 null。The webhook after the mutation; null if it has ended.',
  })
  readonly webhook?: WebhookType;

  @Field(() => String, {
    nullable: true,
    simple: true,
    description:
      '服务器生成的密钥，只在此返回一次。The secret that the server made. It is answered this once, and nowhere else.',
  })
  readonly secret?: string;

  constructor(webhook: Webhook | undefined, secret?: string) {
    this.webhook = webhook && new WebhookType(webhook);
    this.secret = secret;
  }
}
