import { isLoopback } from '../machine/loopback';

/**
 * Whether keys may be read at the URL: whoever can alter them on the way can make tokens of anybody. It is https, or http from this
 * machine or from an origin that the operator has allowed.
 */
export function isTrustedUrl(text: string, httpOrigins: readonly string[] = []): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, origin } = new URL(text);
  if (protocol !== 'http:') return protocol === 'https:';
  return isLoopback(hostname.replace(/^\[(.*)\]$/, '$1')) || httpOrigins.includes(origin);
}

export const TRUSTED_URL_EXPECTED =
  'an https address, an http address of this machine, or one that AUTH_HTTP_ORIGINS allows';
