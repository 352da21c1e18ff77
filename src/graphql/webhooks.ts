import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { InputObject } from '../input/field';
import { readInput } from '../input/read-input';
import { isCode } from '../kernel/codes';
import { JsonObject } from '../kernel/json';
import { badInput, notFound, refused, Result, unwrap } from '../kernel/refusal';
import { Instant } from '../kernel/time';
import { Attempt, ATTEMPT_OUTCOMES } from '../webhooks/attempt';
import { dueAfter } from '../webhooks/back-off';
import { newSecret } from '../webhooks/secret';
import { knownTo, subscriberOf } from '../webhooks/subscriber';
import { isTarget, URL_EXPECTED } from '../webhooks/target';
import { STATUSES, STOP_REASONS, Webhook } from '../webhooks/webhook';
import { WebhookCaller, WebhookDesk } from '../webhooks/webhook-desk';
import { RequestContext } from './context';
import { enumType } from './enums';
import { inputTypeOf } from './input-types';
import { DateTimeScalar, JSONScalar, PositionScalar } from './scalars';
import {
  CHANGE_SECRET,
  declaredSubscribeInput,
  END,
  PAUSE,
  REPLAY,
  RESUME,
  subscribeInputType,
} from './webhook-inputs';

const HOUR_MS = 3_600_000;
/** Characters of a filter in JSON. */
const MOST_FILTER = 65_536;

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
class WebhookAttemptType {
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
class WebhookPayload {
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

// Made now: type-graphql lists its types before it asks the arguments for theirs.
const PauseInput = inputTypeOf(PAUSE);
const ResumeInput = inputTypeOf(RESUME);
const EndInput = inputTypeOf(END);
const ReplayInput = inputTypeOf(REPLAY);
const SecretInput = inputTypeOf(CHANGE_SECRET);

const INPUT = '写入内容。What to do. A refused input changes nothing.';

@Resolver()
export class WebhooksResolver {
  @Query(() => [WebhookType], {
    nullable: true,
    description:
      '推送订阅：本人的；可读全部部门者见全部。The webhooks that have not ended: those of the caller, or all if it reads all departments. It needs the right manageWebhooks.',
  })
  async webhooks(@Ctx() context: RequestContext): Promise<readonly WebhookType[]> {
    const { desk, caller } = deskFor(context);
    return (await desk.list(caller)).map((webhook) => new WebhookType(webhook));
  }

  @Query(() => [WebhookAttemptType], {
    nullable: true,
    description:
      '推送尝试，最近的在前，最多 100 条。The newest attempts of a webhook that are on record, the last one first, at most 100. NOT_FOUND if there is no such webhook.',
  })
  async webhookAttempts(
    @Arg('webhook', () => ID, { description: '推送订阅的代码。The code of the webhook.' }) code: string,
    @Ctx() context: RequestContext,
  ): Promise<readonly WebhookAttemptType[]> {
    const { desk, caller } = deskFor(context);
    if (!isCode(code)) unwrap(notFound('There is no such webhook'));
    const { attempts } = unwrap(await desk.find(code, caller));
    return [...attempts].reverse().map((attempt) => new WebhookAttemptType(attempt));
  }

  @Mutation(() => WebhookPayload, {
    nullable: true,
    description:
      '订阅推送。Subscribes a receiver to changes. What the caller may read now is recorded, and limits each delivery. CONFLICT if the code is taken.',
  })
  async subscribeWebhook(
    @Arg('input', subscribeInputType, { description: INPUT }) sent: unknown,
    @Ctx() context: RequestContext,
  ): Promise<WebhookPayload> {
    const { desk, caller } = deskFor(context);
    const { code, url, after, secret: given } = read(declaredSubscribeInput(), sent, context);
    if (!isTarget(url, desk.testOrigins)) unwrap(badInput('/input/url', URL_EXPECTED));
    const filter = filterIn(sent);
    const present = await context.present();
    // Beyond the head there is nothing yet to deliver after.
    if (after !== undefined) unwrap(await context.services.reader.resolve({ position: after }, '/input/after'));
    const subscriber = subscriberOf(context.principal);
    const start = after ?? present.position;
    const secret = given ?? newSecret();
    const made = await desk.withSecret(secret, caller, (secretHash) => ({
      kind: 'subscribe',
      code,
      url: new URL(url).href,
      filter,
      after: start,
      secretHash,
      subscriber,
    }));
    return new WebhookPayload(unwrap(made), given === undefined ? secret : undefined);
  }

  @Mutation(() => WebhookPayload, {
    nullable: true,
    description: '暂停推送。Nothing is delivered until the webhook is resumed, and nothing is left out then.',
  })
  pauseWebhook(
    @Arg('input', () => PauseInput, { description: INPUT }) sent: unknown,
    @Ctx() context: RequestContext,
  ): Promise<WebhookPayload> {
    return changed(context, (desk, caller) =>
      desk.change({ kind: 'pause', code: read(PAUSE, sent, context).code }, caller),
    );
  }

  @Mutation(() => WebhookPayload, {
    nullable: true,
    description: '恢复推送。A webhook that was paused or has stopped goes on where it was.',
  })
  resumeWebhook(
    @Arg('input', () => ResumeInput, { description: INPUT }) sent: unknown,
    @Ctx() context: RequestContext,
  ): Promise<WebhookPayload> {
    return changed(context, (desk, caller) =>
      desk.change({ kind: 'resume', code: read(RESUME, sent, context).code }, caller),
    );
  }

  @Mutation(() => WebhookPayload, {
    nullable: true,
    description: '终止推送。The webhook is gone for good, with its secret. Its code may be used again.',
  })
  endWebhook(
    @Arg('input', () => EndInput, { description: INPUT }) sent: unknown,
    @Ctx() context: RequestContext,
  ): Promise<WebhookPayload> {
    return changed(context, (desk, caller) =>
      desk.change({ kind: 'end', code: read(END, sent, context).code }, caller),
    );
  }

  @Mutation(() => WebhookPayload, {
    nullable: true,
    description:
      '重放推送。The webhook goes on after another position, earlier or later. AS_OF_IN_FUTURE if it lies beyond the head.',
  })
  replayWebhook(
    @Arg('input', () => ReplayInput, { description: INPUT }) sent: unknown,
    @Ctx() context: RequestContext,
  ): Promise<WebhookPayload> {
    return changed(context, async (desk, caller) => {
      const { code, after } = read(REPLAY, sent, context);
      unwrap(await context.services.reader.resolve({ position: after }, '/input/after'));
      return desk.change({ kind: 'replay', code, after }, caller);
    });
  }

  @Mutation(() => WebhookPayload, {
    nullable: true,
    description:
      '更换密钥。The webhook signs with a new secret. For a while deliveries carry a signature of the secret before too, so that the receiver can change it without losing any.',
  })
  async changeWebhookSecret(
    @Arg('input', () => SecretInput, { description: INPUT }) sent: unknown,
    @Ctx() context: RequestContext,
  ): Promise<WebhookPayload> {
    const { desk, caller } = deskFor(context);
    const { code, keepHours, secret: given } = read(CHANGE_SECRET, sent, context);
    const secret = given ?? newSecret();
    const keepMs = keepHours * HOUR_MS;
    const made = await desk.withSecret(secret, caller, (secretHash) => ({
      kind: 'change-secret',
      code,
      secretHash,
      keepMs,
    }));
    return new WebhookPayload(unwrap(made), given === undefined ? secret : undefined);
  }
}

interface Asked {
  readonly desk: WebhookDesk;
  readonly caller: WebhookCaller;
}

/** Refuses a caller that may not manage webhooks. */
function deskFor({ services, principal, masking }: RequestContext): Asked {
  unwrap(services.policy.mayManageWebhooks(principal));
  const desk = services.webhooks ?? unwrap<WebhookDesk>(OFF);
  const { sub, name } = principal;
  const actor = name === undefined ? { sub } : { sub, name };
  return { desk, caller: { actor, isKnown: knownTo(principal, masking === undefined) } };
}

const OFF = refused({ kind: 'FORBIDDEN', message: 'This server has no webhooks: WEBHOOKS is not 1' });

async function changed(
  context: RequestContext,
  change: (desk: WebhookDesk, caller: WebhookCaller) => Promise<Result<Webhook | undefined>>,
): Promise<WebhookPayload> {
  const { desk, caller } = deskFor(context);
  return new WebhookPayload(unwrap(await change(desk, caller)));
}

const read = <Value>(input: InputObject<Value>, sent: unknown, { services: { calendar } }: RequestContext): Value =>
  unwrap(readInput(input, sent, { argument: 'input', calendar }));

/** The filter is recorded as it was sent: a day in it keeps its meaning. */
function filterIn(sent: unknown): JsonObject {
  const filter = (sent as { readonly filter?: JsonObject | null }).filter ?? {};
  if (JSON.stringify(filter).length > MOST_FILTER) {
    unwrap(badInput('/input/filter', `must have at most ${MOST_FILTER} characters as JSON`));
  }
  return { ...filter };
}
