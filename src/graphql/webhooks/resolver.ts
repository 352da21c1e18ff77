import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { InputObject } from '../../input/field';
import { readInput } from '../../input/read-input';
import { isCode } from '../../kernel/codes';
import { JsonObject } from '../../kernel/json';
import { badInput, notFound, Refused, refused, Result, unwrap } from '../../kernel/refusal';
import { newSecret } from '../../webhooks/secret';
import { knownTo, subscriberOf } from '../../webhooks/subscriber';
import { isTarget, URL_EXPECTED } from '../../webhooks/target';
import { Webhook } from '../../webhooks/webhook';
import { WebhookCaller, WebhookDesk } from '../../webhooks/webhook-desk';
import { RequestContext } from '../context';
import { inputTypeOf } from '../input-types';
import { CHANGE_SECRET, declaredSubscribeInput, END, PAUSE, REPLAY, RESUME, subscribeInputType } from './inputs';
import { WebhookAttemptType, WebhookPayload, WebhookType } from './types';

const HOUR_MS = 3_600_000;
/** Characters of a filter in JSON. */
const MOST_FILTER = 65_536;

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
    const { desk, caller } = await deskFor(context);
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
    const { desk, caller } = await deskFor(context);
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
    const { desk, caller } = await deskFor(context);
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
    const { desk, caller } = await deskFor(context);
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

/** Refuses a caller that may not manage webhooks, and everybody while a long record is read for the first time. */
async function deskFor({ services, principal, masking }: RequestContext): Promise<Asked> {
  unwrap(services.policy.mayManageWebhooks(principal));
  const desk = services.webhooks ?? unwrap<WebhookDesk>(OFF);
  const opened = desk.opened();
  await (services.patience?.bound(opened, stillReading) ?? opened);
  const { sub, name } = principal;
  const actor = name === undefined ? { sub } : { sub, name };
  return { desk, caller: { actor, isKnown: knownTo(principal, masking === undefined) } };
}

const stillReading = (): Error =>
  new Refused({ kind: 'READ_MODEL_BEHIND', message: 'The record of webhooks is still being read; try again' });

const OFF = refused({ kind: 'FORBIDDEN', message: 'This server has no webhooks: WEBHOOKS is not 1' });

async function changed(
  context: RequestContext,
  change: (desk: WebhookDesk, caller: WebhookCaller) => Promise<Result<Webhook | undefined>>,
): Promise<WebhookPayload> {
  const { desk, caller } = await deskFor(context);
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
