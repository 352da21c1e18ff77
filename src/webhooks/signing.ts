import { createHmac } from 'node:crypto';
import { Instant } from '../kernel/time';
import { keyOf } from './secret';

export interface Signed {
  /** The id of the change: the same in every attempt. */
  readonly id: string;
  readonly at: Instant;
  readonly body: string;
}

/** The headers of Standard Webhooks, with one signature for each secret. */
export function signedHeaders({ id, at, body }: Signed, secrets: readonly string[]): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at / 1_000));
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map((secret) => signature(secret, `${id}.${timestamp}.${body}`)).join(' '),
  };
}

function signature(secret: string, text: string): string {
  const key = keyOf(secret);
  if (key === undefined) throw new TypeError('A secret that is kept is no secret');
  return `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
}
