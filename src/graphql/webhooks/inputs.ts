import { ClassType } from 'type-graphql';
import { ChangeFilter } from '../../change-feed/filter';
import { InputObject, inputObject } from '../../input/field';
import { code, integer, object, optional, orDefault, position, texts } from '../../input/fields';
import { keyOf, SECRET_EXPECTED } from '../../webhooks/secret';
import { inputTypeOf } from '../input-types';

/** The longest time for which two secrets sign, in hours. */
const MOST_HOURS = 168;
const DEFAULT_HOURS = 24;

const CODE = code('代码。The code of the webhook.');
/** The message of a violation never repeats what was sent. */
const SECRET = optional(
  texts(
    'STRING',
    '签名密钥，whsec_ 开头；不填则由服务器生成并只返回这一次。The secret that signs deliveries (Standard Webhooks): whsec_ and 24 to 64 random bytes in base64. If it is left out, the server makes one, and answers it this once.',
    (secret) => keyOf(secret) !== undefined,
    SECRET_EXPECTED,
  ),
);

/** Whoever subscribes may leave the filter out. */
const subscribeInput = (filter: InputObject<ChangeFilter>) =>
  inputObject('SubscribeWebhookInput', '订阅推送。A new webhook.', {
    code: code('代码，由调用方选定。The code of the webhook; the client chooses it.'),
    url: texts(
      'STRING',
      '接收地址，须为 https。The address of the receiver: https, on a public address. It is on record and shown to whoever manages webhooks, so it must hold no password.',
      () => true,
      '',
    ),
    filter: optional(object(filter, '筛选。Which changes to send; left out: all that the subscriber may read.')),
    after: optional(
      position('起始位置。Any position that the API returns: later changes are sent. Left out: only new changes.'),
    ),
    secret: SECRET,
  });

const named = (name: string, description: string) => inputObject(name, description, { code: CODE });
export const PAUSE = named('PauseWebhookInput', '暂停推送。A webhook to pause.');
export const RESUME = named('ResumeWebhookInput', '恢复推送。A webhook to resume.');
export const END = named('EndWebhookInput', '终止推送。A webhook to end.');
export const REPLAY = inputObject('ReplayWebhookInput', '重放推送。A webhook to replay, and from where.', {
  code: CODE,
  after: position('起始位置。Every matching change after this position is sent, again if need be.'),
});
export const CHANGE_SECRET = inputObject('ChangeWebhookSecretInput', '更换密钥。A webhook and its next secret.', {
  code: CODE,
  secret: SECRET,
  keepHours: orDefault(
    integer(
      `旧密钥保留小时数，0 至 ${MOST_HOURS}。For how many hours the secret before signs too, from 0 to ${MOST_HOURS}.`,
      (hours) => hours >= 0 && hours <= MOST_HOURS,
      `must be from 0 to ${MOST_HOURS}`,
    ),
    DEFAULT_HOURS,
  ),
});

let declared: { readonly input: ReturnType<typeof subscribeInput>; readonly type: ClassType } | undefined;

/** The schema has the input with the filter that is declared before it is built. */
export function declareSubscribeInput(filter: InputObject<ChangeFilter>): void {
  const input = subscribeInput(filter);
  declared = { input, type: inputTypeOf(input) };
}

function requireDeclared() {
  if (declared === undefined) throw new Error('No change filter is declared');
  return declared;
}

export const subscribeInputType = (): ClassType => requireDeclared().type;
export const declaredSubscribeInput = () => requireDeclared().input;
