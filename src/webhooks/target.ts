import { isIP } from 'node:net';
import { INPUT_BOUNDS } from '../kernel/limits';
import { isPublicAddress } from './public-address';

export const URL_EXPECTED = `must be an https address of at most ${INPUT_BOUNDS.maxUriLength} characters, without a user and without #; an IP address in it must be a public one`;

/** Whether a webhook may have this address, as far as that can be seen without asking anybody. Its name is resolved at each delivery. */
export function isTarget(text: string, testOrigins: ReadonlySet<string>): boolean {
  if (text.length > INPUT_BOUNDS.maxUriLength || !URL.canParse(text)) return false;
  const url = new URL(text);
  const { protocol, origin, username, password, hash } = url;
  if (username !== '' || password !== '' || hash !== '' || text.includes('#')) return false;
  if (testOrigins.has(origin)) return true;
  const host = hostOf(url);
  return protocol === 'https:' && (isIP(host) === 0 || isPublicAddress(host));
}

/** The name, or the address without brackets. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');
