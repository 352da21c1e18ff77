import { acceptsCoding } from './accept';

/** Codings of an answer. */
const CODINGS = ['br', 'gzip'] as const;

/** What a request says of the answers that its client has kept. */
export interface KeptAnswers {
  readonly 'if-none-match'?: string;
  readonly 'accept-encoding'?: string;
}

/** A strong entity tag names bytes, so each coding of an answer has a tag of its own. */
export const tagInCoding = (tag: string, coding: string): string => tag.replace(/"$/, `-${coding}"`);

/**
 * The tag under which the client has the answer, in a coding that it accepts; undefined if it does not have it. Weak tags count: a proxy
 * may have weakened what we sent.
 */
export function keptAs(tag: string, headers: KeptAnswers): string | undefined {
  const kept = new Set(headers['if-none-match']?.match(/"[^"]*"/g));
  if (kept.has(tag)) return tag;
  return CODINGS.filter((coding) => acceptsCoding(headers['accept-encoding'], coding))
    .map((coding) => tagInCoding(tag, coding))
    .find((each) => kept.has(each));
}

/** Whether the client has some answer, and does not say which. */
export const keepsAny = (headers: KeptAnswers): boolean => headers['if-none-match']?.trim() === '*';
