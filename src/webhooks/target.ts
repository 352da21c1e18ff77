import { INPUT_BOUNDS } from '../kernel/limits';

export const URL_EXPECTED = `must be an https address of at most ${INPUT_BOUNDS.maxUriLength} characters, without a user and without #`;

/** Whether a webhook may have this address, as far as that can be seen without asking anybody. Its name is resolved at each delivery. */
export function isTarget(text: string, testOrigins: ReadonlySet<string>): boolean {
  if (text.length > INPUT_BOUNDS.maxUriLength || !URL.canParse(text)) return false;
  const { protocol, origin, username, password, hash } = new URL(text);
  if (username !== '' || password !== '' || hash !== '' || text.includes('#')) return false;
  return protocol === 'https:' || testOrigins.has(origin);
}
